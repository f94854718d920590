import { createInterface } from "node:readline";
import { HBase } from "@/storage/hbase";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import { driverChanges, nativeChanges } from "./changes";
import { load } from "./load";
import { crowd, driverRows, fillScanned, nativeRows, scanned } from "./memory";
import { CHANGED, SCANNED, SPLITS } from "./rows";

/**
 * A client of the benchmark in a process of its own: `client.ts native|driver SEEDS NAMESPACE`. It answers each line of its input with a
 * line of JSON: `load WAY CALLERS SECONDS`, `crowd WAY CALLERS SECONDS`, `scan`.
 */
const [kind, seeds = "", namespace = ""] = process.argv.slice(2);
/** Milliseconds: on a busy machine the last of ten thousand waits for its turn longer than a caller usually would. */
const PATIENCE = 300_000;
const tableOf = ({ name }: { name: string }): string => `${namespace}:${name}`;

async function native() {
  const client = new HBase({ seeds: seeds.split(","), timeout: PATIENCE });
  const plain = await nativeChanges(client, tableOf(CHANGED));
  return { changes: { plain }, rows: () => nativeRows(client, tableOf(SCANNED)) };
}

async function driver() {
  const address = { seeds: seeds.split(","), namespace };
  const store = await HBaseStore.open({ address, schemas: [CHANGED, SCANNED], splits: SPLITS, clock: Date.now, timeout: PATIENCE });
  await fillScanned(store);
  const [owner, chain] = [await driverChanges(store, "owner"), await driverChanges(store, "chain")];
  return { changes: { owner, chain }, rows: () => driverRows(store) };
}

const { changes, rows } = await (kind === "native" ? native() : driver());
const ways: Record<string, (row: number) => Promise<void>> = changes;

async function answer([what, way = "", callers = "", seconds = ""]: string[]): Promise<unknown> {
  if (what === "scan") return scanned(rows);
  const change = ways[way];
  if (change === undefined) throw new Error(`There is no way ${way}.`);
  return (what === "crowd" ? crowd : load)(Number(callers), Number(seconds), change);
}

const say = (answered: unknown): void => void process.stdout.write(`${JSON.stringify(answered)}\n`);
say("ready");
for await (const line of createInterface({ input: process.stdin })) say(await answer(line.split(" ")));
process.exit(0);
