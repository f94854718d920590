import { Durability, type HBase, put, when } from "@/storage/hbase";
import type { Mutation, WideColumnStore } from "@/storage/wide-column/contract";
import { CHANGED, EPOCH, epochOf, FAMILY, keyOf, ROWS, VALUES } from "./rows";

/** Changes the row, or throws. */
type Change = (row: number) => Promise<void>;

/** Rows written at once before a benchmark begins. */
const AT_ONCE = 512;

/** By the client alone: the condition asks for the epoch that the change raises. */
export async function nativeChanges(client: HBase, table: string): Promise<Change> {
  const [keys, epochs] = [keysOf("native"), new Array<number>(ROWS).fill(0)];
  const change = (turn: number) => put([FAMILY, EPOCH, epochOf(turn)], ...VALUES.map(([qualifier, value]) => [FAMILY, qualifier, value] as const));
  for (let at = 0; at < ROWS; at += AT_ONCE)
    await client.mutateMany(
      table,
      keys.slice(at, at + AT_ONCE).map((row) => ({ row, mutation: change(0) })),
    );
  return async (row) => {
    const [key, turn] = [keys[row]!, epochs[row]!];
    const condition = when.cell(key, FAMILY, EPOCH, "EQUAL", epochOf(turn));
    made((await client.mutateRow(table, key, [change(turn + 1)], { condition, durability: Durability.fsync })).done);
    epochs[row] = turn + 1;
  };
}

/**
 * By the driver. `owner` writes as Braid writes a mailbox: it asks for an epoch that it leaves alone. `chain` asks for the epoch that it
 * raises, for which the driver has to read the row's newest timestamp first, each time.
 */
export async function driverChanges(store: WideColumnStore, way: "owner" | "chain"): Promise<Change> {
  const [keys, turns] = [keysOf(way), new Array<number>(ROWS).fill(0)];
  const cell = (qualifier: Buffer, value: Buffer): Mutation => ({ kind: "put", family: FAMILY, qualifier, value });
  const values = VALUES.map(([qualifier, value]) => cell(qualifier, value));
  const first = [cell(EPOCH, epochOf(0)), ...values];
  for (let at = 0; at < ROWS; at += AT_ONCE)
    await store.batch(
      CHANGED.name,
      keys.slice(at, at + AT_ONCE).map((row) => ({ row, mutations: first })),
    );
  return async (row) => {
    const turn = turns[row]!;
    const equals = epochOf(way === "owner" ? 0 : turn);
    const fifth = cell(way === "owner" ? Buffer.from("e") : EPOCH, epochOf(turn + 1));
    const { applied } = await store.mutateRow(CHANGED.name, keys[row]!, [fifth, ...values], { when: { family: FAMILY, qualifier: EPOCH, equals } });
    made(applied);
    turns[row] = turn + 1;
  };
}

const keysOf = (who: string): Buffer[] => Array.from({ length: ROWS }, (_, row) => keyOf(who, row));

function made(done: boolean): void {
  if (!done) throw new Error("A condition did not hold, and nobody else writes to this row.");
}
