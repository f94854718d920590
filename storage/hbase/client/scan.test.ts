import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buf, type Row } from "../index";
import { cellOf, FakeCluster } from "../testing/fake-cluster";
import type { Reaction, Request } from "../testing/fake-server";
import { ManualClock, until } from "../testing/manual-clock";
import { type Cell, CellType } from "../wire/cells";
import type { ScanRequest } from "../wire/messages";
import type { Of } from "../wire/protobuf";

const EXCEPTION = "org.apache.hadoop.hbase";
let cluster: FakeCluster;

beforeEach(async () => {
  cluster = await FakeCluster.start({ servers: 1, splits: ["m"] });
});
afterEach(() => cluster.stop());

type Step = (request: Of<typeof ScanRequest>) => Reaction | Promise<Reaction>;
/** A script; one that never ends has no more to it than this. */
type Steps = Pick<Step[], "shift" | "length">;
const endless = (step: Step): Steps => ({ length: 1, shift: () => step });

const scanOf = ({ body }: Request) => body as Of<typeof ScanRequest>;
const text = (bytes?: Uint8Array) => buf(bytes ?? Buffer.alloc(0)).toString();

/** Plays a script of answers to the scans of a region; with the script at its end, the region is at its end. */
function script(region: number, steps: Steps): void {
  cluster.regions[region]!.behave = (request) => (request.method === "Scan" ? (steps.shift() ?? atEnd)(scanOf(request)) : undefined);
  later.push(steps);
}
/** Calls on a scanner name no region: the fake cluster cannot tell whose it is. They go to the scripts in turn. */
let later: Steps[] = [];
beforeEach(() => {
  later = [];
  const server = cluster.servers[0]!;
  const usual = server.handler;
  server.handler = (request) => {
    const { scanner_id, close_scanner, region } = scanOf(request);
    if (request.method !== "Scan" || region || scanner_id === undefined) return usual(request);
    if (close_scanner) return { body: {} };
    return (later.find((steps) => steps.length > 0)?.shift() ?? atEnd)(scanOf(request));
  };
});

const atEnd = (): Reaction => ({ body: { more_results_in_region: false, more_results: true } });
const rows =
  (names: string[], more: object = {}) =>
  (): Reaction => ({
    body: { scanner_id: 7n, cells_per_result: names.map(() => 1), more_results: true, more_results_in_region: true, ...more },
    cells: names.map((name) => cellOf(buf(name))),
  });
const part = (row: string, qualifiers: string[], partial: boolean) => (): Reaction => ({
  body: { scanner_id: 7n, cells_per_result: [qualifiers.length], partial_flag_per_result: [partial], more_results: true, more_results_in_region: true },
  cells: qualifiers.map((qualifier) => cellOf(buf(row), buf("v"), qualifier)),
});
const fails =
  (name: string, doNotRetry = false) =>
  (): Reaction => ({ exception: `${EXCEPTION}.${name}`, doNotRetry });

async function read(options = {}, client = cluster.client()): Promise<string[]> {
  const out: string[] = [];
  for await (const { row, cells } of client.scan("t", options)) out.push(`${text(row)}:${cells.length}`);
  return out;
}
const opened = () =>
  cluster.servers[0]!.requests.filter(
    (request) => request.method === "Scan" && scanOf(request).scan && !text(scanOf(request).region?.value).startsWith("hbase:meta"),
  );
const starts = () => opened().map((request) => [text(scanOf(request).scan!.start_row), scanOf(request).scan!.include_start_row]);

test("answer after answer, region after region", async () => {
  script(0, [rows(["a", "b"]), rows(["c"])]);
  script(1, [rows(["m"])]);
  expect(await read()).toEqual(["a:1", "b:1", "c:1", "m:1"]);
  expect(starts()).toEqual([
    ["", true],
    ["m", true],
  ]);
});

test.each([
  ["its lease ran out", fails("UnknownScannerException", true)],
  ["a call was lost under way", fails("regionserver.OutOfOrderScannerNextException", true)],
  ["the server gave it up", fails("regionserver.ScannerResetException", true)],
  ["the region moved", fails("NotServingRegionException")],
  ["the server failed", fails("SomeIOException")],
  ["the connection was cut", (): Reaction => "cut"],
])("a lost scanner (%s): another is opened after the last whole row", async (_, failure) => {
  script(0, [rows(["a", "b"]), failure, rows(["c"])]);
  script(1, []);
  expect(await read()).toEqual(["a:1", "b:1", "c:1"]);
  expect(starts().slice(0, 2)).toEqual([
    ["", true],
    ["b", false],
  ]);
});

test("a half row is thrown away with its scanner, and read again", async () => {
  script(0, [rows(["a"]), part("b", ["1", "2"], true), fails("UnknownScannerException", true), part("b", ["1", "2"], true), part("b", ["3"], false)]);
  script(1, []);
  expect(await read()).toEqual(["a:1", "b:3"]);
  expect(starts().slice(0, 2)).toEqual([
    ["", true],
    ["a", false],
  ]);
});

test("in pieces: the row that was cut begins again", async () => {
  script(0, [part("b", ["1", "2"], true), fails("UnknownScannerException", true), part("b", ["1", "2"], true), part("b", ["3"], false)]);
  script(1, []);
  expect(await read({ partial: true })).toEqual(["b:2", "b:2", "b:1"]);
  expect(starts().slice(0, 2)).toEqual([
    ["", true],
    ["b", true],
  ]);
});

test("a row whose last piece is marked as partial ends with the region", async () => {
  script(0, [part("b", ["1", "2"], true)]);
  script(1, []);
  expect(await read()).toEqual(["b:2"]);
});

test("a heartbeat: the server is still looking", async () => {
  const heartbeat = (): Reaction => ({ body: { scanner_id: 7n, heartbeat_message: true, more_results: true, more_results_in_region: true } });
  script(0, [heartbeat, heartbeat, rows(["a"]), heartbeat]);
  script(1, []);
  expect(await read()).toEqual(["a:1"]);
});

describe("answers that lead nowhere end with the deadline:", () => {
  const more = { scanner_id: 7n, more_results: true, more_results_in_region: true };

  test("empty ones", async () => {
    script(
      0,
      endless(() => ({ body: more })),
    );
    await expect(read({ timeout: 200 })).rejects.toMatchObject({ kind: "deadline" });
  });

  test("half a row, and the scanner is lost, again and again", async () => {
    let turn = 0;
    const [half, lost] = [part("b", ["1", "2"], true), fails("UnknownScannerException", true)];
    const step: Step = () => (turn++ % 2 === 0 ? half() : lost());
    script(0, endless(step));
    await expect(read({ timeout: 200 })).rejects.toMatchObject({ kind: "deadline" });
  });

  /** With heartbeats, six tenths of the deadline apart, that say where the server is. */
  async function hearing(cursors: string[]): Promise<string[]> {
    const clock = new ManualClock();
    const heartbeat = (row: string) => async (): Promise<Reaction> => {
      await clock.advance(600);
      return { body: { ...more, heartbeat_message: true, cursor: { row: buf(row) } } };
    };
    script(0, [...cursors.map(heartbeat), rows(["l"])]);
    script(1, []);
    return read({ timeout: 1000 }, cluster.client({ clock }));
  }

  test("heartbeats from the same place, but not from farther and farther on", async () => {
    await expect(hearing(["a", "a", "a", "a"])).rejects.toMatchObject({ kind: "deadline" });
    later = [];
    expect(await hearing(["a", "b", "c", "d", "e"])).toEqual(["l:1"]);
    expect(scanOf(opened()[0]!).scan!.need_cursor_result).toBe(true);
  });
});

test("the regions of a table have one deadline, however much comes of them", async () => {
  let last = 1e6;
  const step: Step = () => rows([`t,${last++}`])();
  cluster.meta = ({ body }) => step(body);
  later.push(endless(step));
  await expect(cluster.client().regions("t", { timeout: 200 })).rejects.toMatchObject({ kind: "deadline" });
});

test("a refusal is the caller's", async () => {
  script(0, [fails("DoNotRetryIOException", true)]);
  await expect(read()).rejects.toMatchObject({ kind: "refused" });
});

test("a server that never answers: the deadline", async () => {
  script(0, [(): Reaction => "nothing"]);
  await expect(read({ timeout: 100 })).rejects.toMatchObject({ kind: "deadline" });
});

test("the limit is the server's too, and rows beyond it are not given out", async () => {
  script(0, [rows(["a", "b", "c"])]);
  expect(await read({ limit: 2 })).toEqual(["a:1", "b:1"]);
  expect(scanOf(opened()[0]!)).toMatchObject({ number_of_rows: 2, limit_of_rows: 2 });
});

test("backwards: the region before, up to the edge", async () => {
  script(1, [rows(["z", "m"])]);
  script(0, [rows(["b"])]);
  expect(await read({ reversed: true })).toEqual(["z:1", "m:1", "b:1"]);
  expect(starts()).toEqual([
    ["", true],
    ["m", false],
  ]);
});

test("a reader that leaves closes the scanner; one that is slow is not asked ahead for", async () => {
  script(0, [rows(["a", "b"]), rows(["c", "d"])]);
  const client = cluster.client();
  const scans = () => cluster.servers[0]!.requests.filter(({ method, body }) => method === "Scan" && !scanOf({ body } as Request).scan?.reversed).length;
  for await (const { row } of client.scan("t")) {
    expect(scans()).toBe(1);
    if (text(row) === "b") break;
  }
  await until(() => scans() === 2);
  expect(scanOf(cluster.servers[0]!.requests.at(-1)!)).toMatchObject({ scanner_id: 7n, close_scanner: true });
});

test("rows inside the message, as a server sends them to a client without cell blocks", async () => {
  const inside = (cells: Cell[]) =>
    cells.map(({ row, family, qualifier, value }) => ({ row, family, qualifier, value, timestamp: 5, cell_type: CellType.put }));
  script(0, [() => ({ body: { scanner_id: 7n, results: [{ cell: inside([cellOf(buf("a"))]) }], more_results: true, more_results_in_region: true } })]);
  script(1, []);
  const got: Row[] = [];
  for await (const row of cluster.client({ cellBlocks: false }).scan("t")) got.push(row);
  expect(got).toMatchObject([{ row: buf("a"), cells: [{ ts: 5, value: buf("a") }] }]);
});
