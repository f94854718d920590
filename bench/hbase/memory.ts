import type { HBase } from "@/storage/hbase";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { load } from "./load";
import { FAMILY, SCANNED, SCANNED_CELLS, SCANNED_ROWS } from "./rows";

const MB = 2 ** 20;

/** Bytes that are in use: what is left when all garbage is gone. */
function live(): number {
  globalThis.gc?.();
  globalThis.gc?.(); // memory outside of the heap goes one turn later than what held it
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Highest resident memory while `work` runs, above what it was, in MB. */
async function peak<T>(work: () => Promise<T>): Promise<{ result: T; mb: number }> {
  const before = process.memoryUsage.rss();
  let highest = before;
  const timer = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);
  const result = await work();
  clearInterval(timer);
  return { result, mb: (highest - before) / MB };
}

export interface Crowd {
  readonly perSecond: number;
  /** Memory in use for each call that waits, bytes. The values are the same bytes for all, so they do not count. */
  readonly bytesPerCall: number;
  readonly peakMb: number;
}

/** Thousands of callers at once, of which the servers are given a few hundred at a time; the rest waits in the client. */
export async function crowd(callers: number, seconds: number, change: (row: number) => Promise<void>): Promise<Crowd> {
  const before = live();
  let during = before;
  const timer = setTimeout(() => (during = live()), (seconds * 1000) / 2);
  const { result, mb } = await peak(() => load(callers, seconds, change));
  clearTimeout(timer);
  return { perSecond: result.ops / result.seconds, bytesPerCall: (during - before) / callers, peakMb: mb };
}

export interface Scanned {
  readonly cells: number;
  readonly mb: number;
  readonly perSecond: number;
  /** Memory in use at most above what it was before, MB. */
  readonly liveMb: number;
  readonly peakMb: number;
}

/** Reads all rows twice: once for the time, once while what is in use is looked at after every few rows. */
export async function scanned(rows: () => AsyncIterable<{ cells: number; bytes: number }>): Promise<Scanned> {
  let [cells, bytes] = [0, 0];
  const read = async (each: () => void) => {
    [cells, bytes] = [0, 0];
    for await (const row of rows()) {
      cells += row.cells;
      bytes += row.bytes;
      each();
    }
  };
  const before = live();
  const began = performance.now();
  const { mb } = await peak(() => read(() => {}));
  const took = (performance.now() - began) / 1000;
  let [most, count] = [before, 0];
  await read(() => {
    if (count++ % 20 === 0) most = Math.max(most, live());
  });
  return { cells, mb: bytes / MB, perSecond: cells / took, liveMb: (most - before) / MB, peakMb: mb };
}

export async function fillScanned(store: WideColumnStore): Promise<void> {
  const value = Buffer.alloc(200, "v");
  const mutations = Array.from({ length: SCANNED_CELLS }, (_, at) => ({ kind: "put" as const, family: FAMILY, qualifier: Buffer.from(`q${at}`), value }));
  const rows = Array.from({ length: SCANNED_ROWS }, (_, at) => ({ row: Buffer.from(`${(at % 16).toString(16)}${at}`), mutations }));
  for (let at = 0; at < rows.length; at += 50) await store.batch(SCANNED.name, rows.slice(at, at + 50));
}

export async function* nativeRows(client: HBase, table: string) {
  for await (const { cells } of client.scan(table, { families: [FAMILY] }))
    yield { cells: cells.length, bytes: cells.reduce((sum, { value }) => sum + value.length, 0) };
}

export async function* driverRows(store: WideColumnStore) {
  for await (const { families } of store.scan(SCANNED.name, {})) {
    const cells = families[FAMILY] ?? [];
    yield { cells: cells.length, bytes: cells.reduce((sum, { value }) => sum + value.length, 0) };
  }
}
