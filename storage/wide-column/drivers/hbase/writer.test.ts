import { expect, it } from "vitest";
import { HBaseError, type Mutation, type Cell as StoredCell } from "../../../hbase";
import { add, b, del, expectFailure, put, when } from "../../conformance/words";
import type { RowMutation } from "../../contract";
import { Floors } from "./floors";
import { Lanes } from "./lanes";
import { TableLayout } from "./layout";
import { Tally } from "./tally";
import { Writer, type WriterDeps } from "./writer";

const LAYOUT = new TableLayout({ name: "mailbox", families: ["head", "log"] }, "braid:mailbox", []);
const EPOCH = when("head", "epoch", "1");
const FENCE = [put("head", "epoch", "2")];

type Answer = { done: boolean; cells?: StoredCell[] } | Error;

/** A writer on a client of which each test says what it answers: the edge of the network. */
function writerOn({
  answers = [],
  guard = 0,
  rows = 3,
  before = async () => {},
  timeout = 1000,
}: {
  answers?: Answer[];
  guard?: number;
  rows?: number;
  before?: () => Promise<void>;
  timeout?: number;
}) {
  const calls: string[] = [];
  const sent: { mutations: readonly Mutation[]; safe: boolean | undefined; timeout: number | undefined }[] = [];
  let milliseconds = 0;
  const answer = async (row: Uint8Array, mutations: readonly Mutation[], { safe, timeout: left }: { safe?: boolean; timeout?: number } = {}) => {
    calls.push(`change ${Buffer.from(row)}`);
    sent.push({ mutations, safe, timeout: left });
    await before();
    const given = answers.shift() ?? { done: true };
    if (given instanceof Error) throw given;
    return { cells: [], unsure: false, ...given };
  };
  const cell = (row: Uint8Array): StoredCell => ({ row, family: b("_"), qualifier: b(""), ts: guard, type: 4, value: b("") });
  const client: WriterDeps["client"] = {
    getMany: async (_, keys) => {
      calls.push(`guard ${keys.map(String)}`);
      return keys.map((row) => (guard === 0 ? [] : [cell(row)]));
    },
    mutate: (_, row, mutation, options) => answer(row, [mutation], options),
    mutateRow: (_, row, mutations, options) => answer(row, mutations, options),
  };
  const deps = { client, floors: new Floors(() => 1000, 100), lanes: new Lanes(), tally: new Tally(), limits: { rows, bytes: 100 } };
  const writer = new Writer({ ...deps, timeout, stopwatch: () => milliseconds });
  const batch = (...rows: RowMutation[]) => writer.batch(LAYOUT, rows);
  const change = (mutations: RowMutation["mutations"], condition = {}) => batch({ row: b("r"), mutations, ...condition });
  const stamps = () => sent.map(({ mutations }) => mutations.flatMap(({ cells }) => cells.map(({ ts }) => ts)));
  const pass = (ms: number) => {
    milliseconds += ms;
  };
  return { batch, change, calls, sent, stamps, tally: deps.tally, pass };
}
const gone = (kind: "unknown-outcome" | "deadline" | "refused", message = "") => new HBaseError(kind, "Gone", message);

it("reads the guard of a row it does not know, and writes above it", async () => {
  const { change, calls, stamps } = writerOn({ guard: 5000 });
  await change([put("log", "a", "1"), del("log", "b")], EPOCH);
  expect(calls).toEqual(["guard r", "change r"]);
  expect(stamps()).toEqual([[5001, 5001, 5000]]);
});

it("lets an owner write without reading, until its condition fails, its answer is lost or it changes the condition itself", async () => {
  const { change, calls } = writerOn({ answers: [{ done: true }, { done: true }, { done: false }, { done: true }, gone("unknown-outcome")] });
  const turn = () => change([put("log", "a", "1")], EPOCH);
  await turn();
  await turn();
  await turn();
  expect(calls.splice(0)).toEqual(["guard r", "change r", "change r", "change r"]);
  await turn();
  await expectFailure(turn(), "unknown-outcome");
  await turn();
  expect(calls.splice(0)).toEqual(["guard r", "change r", "change r", "guard r", "change r"]);
  await change(FENCE, EPOCH);
  await turn();
  await change([put("log", "a", "1")]);
  expect(calls).toEqual(["guard r", "change r", "guard r", "change r", "guard r", "change r"]);
});

it("never gives a timestamp twice, though the answer was lost and the guard does not show it", async () => {
  const { change, stamps } = writerOn({ answers: [gone("unknown-outcome"), gone("deadline")] });
  await expectFailure(change([put("log", "a", "1")], EPOCH), "unknown-outcome");
  await expectFailure(change([put("log", "a", "1")], EPOCH), "unavailable");
  await change([put("log", "a", "1")], EPOCH);
  expect(stamps().map(([stamp]) => stamp)).toEqual([1000, 1001, 1002]);
});

it("learns from what was counted how new the row is", async () => {
  const counted: StoredCell = { row: b("r"), family: b("log"), qualifier: b("n"), ts: 7000, type: 4, value: Buffer.alloc(8) };
  const { change, stamps } = writerOn({ answers: [{ done: true, cells: [counted] }] });
  await change([add("log", "n", 1n)], EPOCH);
  await change([del("log", "n")], EPOCH);
  expect(stamps()[1]).toEqual([7001, 7000]);
});

it("calls safe to repeat only what neither asks nor counts", async () => {
  const { change, sent } = writerOn({});
  await change([put("log", "a", "1")]);
  await change([put("log", "a", "1"), del("log", "b")]);
  await change([put("log", "a", "1")], EPOCH);
  await change([add("log", "n", 1n)]);
  expect(sent.map(({ safe }) => safe)).toEqual([true, true, false, false]);
});

it("sends nothing more of a batch after a failure", async () => {
  const { batch, sent } = writerOn({ rows: 1000, answers: [gone("deadline")] });
  await expectFailure(batch(...Array.from({ length: 1000 }, (_, at) => ({ row: b(`${at}`), mutations: [put("log", "a", "")] }))), "unknown-outcome");
  expect(sent.length).toBeLessThan(600);
});

it("says that nothing was changed only if that is certain", async () => {
  const rows = ["a", "b", "c"].map((row) => ({ row: b(row), mutations: [put("log", "a", "1")], ...EPOCH }));
  const refused = gone("refused", "Field is not a long, it's 6 bytes wide");
  await expectFailure(writerOn({ answers: [{ done: true }, gone("deadline")] }).batch(...rows), "unknown-outcome");
  await expectFailure(writerOn({ answers: [{ done: false }, gone("deadline"), { done: false }] }).batch(...rows), "unavailable");
  await expectFailure(writerOn({ answers: [refused] }).batch(rows[0]!), "bad-request");
  expect(await writerOn({ answers: [{ done: true }, { done: false }] }).batch(...rows)).toEqual([{ applied: true }, { applied: false }, { applied: true }]);
});

it("counts the wait behind other changes of the row into the time a change may take", async () => {
  const { change, sent, pass } = writerOn({ before: async () => pass(400), timeout: 1000 });
  const turns = Array.from({ length: 3 }, () => change([put("log", "a", "1")], EPOCH));
  await Promise.all(turns);
  expect(sent.map(({ timeout }) => timeout)).toEqual([1000, 600, 200]);
  const late = Array.from({ length: 3 }, () => change([put("log", "a", "1")], EPOCH));
  pass(700);
  const outcomes = await Promise.allSettled(late);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? "done" : outcome.reason.kind))).toEqual(["done", "unavailable", "unavailable"]);
});

it("tells callers to come back when too much waits, rows or bytes, and forgets what is done", async () => {
  const { batch, change, tally } = writerOn({});
  const many = ["a", "b", "c"].map((row) => ({ row: b(row), mutations: [put("log", "a", "1")] }));
  const waiting = batch(...many);
  await expectFailure(change([put("log", "a", "1")]), "overloaded");
  await waiting;
  const large = change([put("log", "a", "x".repeat(90))]);
  await expectFailure(change([put("log", "a", "x".repeat(20))]), "overloaded");
  await large;
  expect(tally.waiting).toBe(0);
  expect(await change([put("log", "a", "x".repeat(500))])).toEqual([{ applied: true }]);
});
