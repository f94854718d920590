import { expect, it } from "vitest";
import type { HBase, Cell as StoredCell } from "../../../hbase";
import { b, expectFailure } from "../../conformance/words";
import { Floors } from "./floors";
import { TableLayout } from "./layout";
import { Reader } from "./reader";

const LAYOUT = new TableLayout({ name: "mailbox", families: ["head", "log"] }, "braid:mailbox", ["log"]);
const WHOLE = { families: ["head", "log"], columns: [] };
const ALL = { from: undefined, to: undefined, limit: Number.MAX_SAFE_INTEGER, reverse: false, sample: undefined };

/** Cells of a row as they are stored: `head` rising, `log` falling. */
function stored(row: string, count: number): StoredCell[] {
  const names = Array.from({ length: count / 2 }, (_, at) => b(String(at).padStart(9, "0")));
  return ["head", "log"].flatMap((name) => {
    const family = LAYOUT.family(name);
    const write = family.writer(b(row));
    const ordered = family.newestFirst ? [...names].reverse() : names;
    return ordered.map((qualifier) => ({
      row: b(row),
      family: family.bytes,
      qualifier: family.qualifier(qualifier),
      ts: 7,
      type: 4,
      value: write(qualifier, qualifier),
    }));
  });
}

/** A reader of rows that are there at once: whatever turns of the event loop pass are its own. */
function readerOf(rows: Record<string, StoredCell[]>) {
  const client: Pick<HBase, "get" | "getMany" | "scan"> = {
    get: async (_, row) => rows[Buffer.from(row).toString()]!,
    getMany: async (_, keys) => keys.map((row) => rows[Buffer.from(row).toString()]!),
    async *scan() {
      for (const [row, cells] of Object.entries(rows)) yield { row: b(row), cells };
    },
  };
  return new Reader(client, new Floors(() => 1000, 100));
}

/** How often others got a turn meanwhile. */
async function turnsOf<T>(work: Promise<T>): Promise<{ turns: number; result: T }> {
  let [turns, done] = [0, false];
  const tick = () => {
    if (done) return;
    turns++;
    setImmediate(tick);
  };
  setImmediate(tick);
  const result = await work.finally(() => {
    done = true;
  });
  return { turns, result };
}

async function scanned(reader: Reader) {
  const rows = [];
  for await (const row of reader.scan(LAYOUT, ["head", "log"], ALL)) rows.push(row);
  return rows;
}

const READS = {
  getMany: (reader: Reader, keys: string[]) => reader.getMany(LAYOUT, keys.map(b), WHOLE),
  scan: (reader: Reader) => scanned(reader),
} as const;

it.each(["getMany", "scan"] as const)("%s lets others have turns while it checks a long row, or many rows", async (way) => {
  for (const rows of [{ a: stored("a", 20_000) }, Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`r${at}`, stored(`r${at}`, 1000)]))]) {
    const keys = Object.keys(rows);
    const { turns, result } = await turnsOf(READS[way](readerOf(rows), keys));
    expect(turns).toBeGreaterThanOrEqual(6);
    expect(result.map((row) => row?.key.toString())).toEqual(keys);
    for (const { families } of result.map((row) => row!)) {
      expect(Object.keys(families)).toEqual(["head", "log"]);
      for (const cells of Object.values(families)) {
        expect(cells).toHaveLength(20_000 / keys.length / 2);
        expect(
          cells.every(({ qualifier, value, timestamp }, at) => Number(qualifier) === at && Buffer.compare(qualifier, value) === 0 && timestamp === 7),
        ).toBe(true);
      }
    }
  }
});

it.each(["getMany", "scan"] as const)("%s waits for no turn where rows are short", async (way) => {
  const { turns, result } = await turnsOf(READS[way](readerOf({ a: stored("a", 600), b: stored("b", 600) }), ["a", "b"]));
  expect([turns, result.length]).toEqual([0, 2]);
});

it("says of a damaged cell far down a long row that it is corrupt, and of no cells that there is no row", async () => {
  const cells = stored("a", 20_000);
  const { value } = cells[19_000]!;
  value[0]! ^= 1;
  await expectFailure(readerOf({ a: cells }).getMany(LAYOUT, [b("a")], WHOLE), "corrupt");
  expect(await readerOf({ a: [] }).getMany(LAYOUT, [b("a")], WHOLE)).toEqual([undefined]);
});
