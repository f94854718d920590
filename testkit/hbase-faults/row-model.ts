import { type Bytes, bytesOf, type Cell, type Column, type Mutation, type Row, type TableSchema, textOf } from "@/storage/wide-column/contract";

/**
 * What the load writes. Change `seq` of a row, made under `token`, leaves the row in a state that follows from the two, and touches every
 * family: a cell that only grows (log), cells that are overwritten, and one of two slots, of which the other is deleted. So any state a
 * reader sees tells which change made it, and whether all of it is there.
 */
export const TABLE: TableSchema = { name: "load", families: ["meta", "view", "log"] };

export const VERSION: Column = { family: "meta", qualifier: bytesOf("version") };
export const TOKEN: Column = { family: "meta", qualifier: bytesOf("token") };
/** Who may write, as in a mailbox; only rows of owners have it. */
export const EPOCH: Column = { family: "meta", qualifier: bytesOf("epoch") };
const DERIVED: Column = { family: "view", qualifier: bytesOf("derived") };
const slot = (seq: number): Column => ({ family: "view", qualifier: bytesOf(seq % 2 === 0 ? "slot-even" : "slot-odd") });
const log = (seq: number): Column => ({ family: "log", qualifier: bytesOf(String(seq).padStart(8, "0")) });

/** About a kilobyte, as an ordinary message with what is derived of it. */
const FILL = "x".repeat(900);

export const versionOf = (seq: number): Buffer | undefined => (seq === 0 ? undefined : bytesOf(`v${seq}`));

export function changesOf(seq: number, token: string): Mutation[] {
  const put = (column: Column, text: string): Mutation => ({ kind: "put", ...column, value: bytesOf(text) });
  return [
    put(VERSION, `v${seq}`),
    put(TOKEN, token),
    put(log(seq), token),
    put(DERIVED, `${seq} ${token} ${FILL}`),
    put(slot(seq), token),
    { kind: "delete", ...slot(seq - 1) },
  ];
}

/** What one read of a row showed. */
export interface State {
  /** 0: nothing was there. */
  readonly seq: number;
  readonly token: string;
  /** The log entries that were read: who made which. */
  readonly log: readonly { readonly seq: number; readonly token: string; readonly timestamp: number }[];
  /** Cells that do not belong to one and the same change, in words. */
  readonly torn: readonly string[];
}

/** The columns that show a state while the load runs: the log only around the change that is expected. */
export const columnsAround = (seq: number): Column[] => [
  ...[VERSION, TOKEN, DERIVED, slot(0), slot(1)],
  ...Array.from({ length: AROUND + 1 }, (_, i) => log(Math.max(1, seq) + i)),
];
const AROUND = 3;

/** `around` is what `columnsAround` was asked for; without it the whole row was read. */
export function stateOf(row: Row | undefined, around?: number): State {
  const entries = (row?.families.log ?? []).map(({ qualifier, value, timestamp }) => ({ seq: Number(textOf(qualifier)), token: textOf(value), timestamp }));
  const seq = Number((textAt(row, VERSION) ?? "v0").slice(1));
  const token = textAt(row, TOKEN) ?? "";
  return { seq, token, log: entries, torn: [...cellsAmiss(row, seq, token), ...logAmiss(entries, seq, token, around)] };
}

function cellsAmiss(row: Row | undefined, seq: number, token: string): string[] {
  const wanted: readonly (readonly [string, Column, string | undefined])[] = [
    ["derived cell", DERIVED, seq === 0 ? undefined : `${seq} ${token} ${FILL}`],
    ["slot", slot(seq), seq === 0 ? undefined : token],
    ["other slot", slot(seq + 1), undefined],
  ];
  return wanted.flatMap(([name, column, value]) => {
    const found = textAt(row, column);
    return found === value ? [] : [`its ${name} says ${brief(found)}`];
  });
}

function logAmiss(entries: State["log"], seq: number, token: string, around: number | undefined): string[] {
  const beyond = entries.filter((entry) => entry.seq > seq).map((entry) => `its log has entry ${entry.seq} already`);
  const isAsked = seq > 0 && (around === undefined || (seq >= around && seq <= Math.max(1, around) + AROUND));
  const own = entries.find((entry) => entry.seq === seq);
  return isAsked && own?.token !== token ? [...beyond, `its log entry ${seq} says ${brief(own?.token)}`] : beyond;
}

const brief = (text: string | undefined): string => (text === undefined ? "nothing" : text.slice(0, 24));

const textAt = (row: Row | undefined, { family, qualifier }: Column): string | undefined => {
  const cell: Cell | undefined = row?.families[family]?.find((one) => Buffer.compare(one.qualifier, qualifier as Bytes) === 0);
  return cell && textOf(cell.value);
};
