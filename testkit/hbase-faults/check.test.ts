import { describe, expect, it } from "vitest";
import { bytesOf } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { check } from "./check";
import type { Attempt, Reading } from "./history";
import { changesOf, columnsAround, type State, stateOf, TABLE } from "./row-model";

const ROW = "a0";
/** Change `seq`, acknowledged from `10 * seq` to `10 * seq + 5`. */
const attempt = (seq: number, more: Partial<Attempt> = {}): Attempt => ({
  ...{ row: ROW, seq, token: `t${seq}`, invoked: 10 * seq, ended: 10 * seq + 5, outcome: "acknowledged" },
  ...more,
});
const entry = (seq: number, more: Partial<State["log"][number]> = {}) => ({ seq, token: `t${seq}`, timestamp: seq, ...more });
const state = (seq: number, more: Partial<State> = {}): State => ({
  ...{ seq, token: `t${seq}`, log: Array.from({ length: seq }, (_, i) => entry(i + 1)), torn: [] },
  ...more,
});
const reading = (seq: number, invoked: number, ended: number, more: Partial<State> = {}): Reading => ({ row: ROW, invoked, ended, state: state(seq, more) });
const faults = (attempts: Attempt[], readings: Reading[], final: State) => check({ attempts, readings, waits: [] }, new Map([[ROW, final]]));

const THREE = [attempt(1), attempt(2), attempt(3)];

describe("a history that is right", () => {
  it("is let pass: acknowledged, failed and tried again, unknown and found out both ways", () => {
    const unknown = { outcome: "unknown", error: "unknown-outcome" } as const;
    const attempts = [
      attempt(1),
      attempt(2, { token: "failed", outcome: "failed" }),
      attempt(2, { token: "lost", ...unknown, resolved: "not applied" }),
      attempt(2),
      attempt(3, { ...unknown, resolved: "applied", known: 90 }),
      attempt(3, { token: "refused", outcome: "refused" }),
    ];
    expect(faults(attempts, [reading(2, 26, 27), reading(3, 33, 34), reading(3, 95, 96)], state(3))).toEqual([]);
  });

  it("may show a change to one of two reads that overlap, and one whose outcome is not known yet", () => {
    const attempts = [attempt(1), attempt(2, { outcome: "unknown", resolved: "applied", known: 90 })];
    expect(faults(attempts, [reading(2, 21, 24), reading(1, 22, 25), reading(0, 2, 12)], state(2))).toEqual([]);
  });
});

describe("a wrong history is caught", () => {
  const cases: [string, Attempt[], Reading[], State, RegExp][] = [
    ["an acknowledged change at the end is lost", THREE, [], state(2), /change 3 is lost, though it was acknowledged/],
    ["one in the middle is lost", THREE, [], state(3, { log: [entry(1), entry(3)] }), /entry 3 of its log follows 1.*change 2 is lost/],
    ["everything is lost", THREE, [], state(0), /change 1 is lost.*change 2 is lost.*change 3 is lost/],
    ["one is there twice", THREE, [], state(4, { log: [entry(1), entry(2), entry(3), entry(4, { token: "t3" })] }), /change 3 is there 2 times/],
    ["two changed places", THREE, [], state(3, { log: [entry(1), entry(2, { token: "t3" }), entry(3, { token: "t2" })] }), /change 3 stands in the place of 2/],
    ["one took the time of the one before", THREE, [], state(3, { log: [entry(1), entry(2), entry(3, { timestamp: 2 })] }), /entry 3 is not newer/],
    ["one is of nobody", THREE, [], state(4), /nobody made entry 4/],
    ["the last is half done", THREE, [], state(3, { torn: ["its slot says nothing"] }), /of change 3, its last, not all is there/],
    ["an outcome stays unknown", [attempt(1), attempt(2, { outcome: "unknown" })], [], state(2), /nobody found out what became of change 2/],
    ["found to be there, and is not", [attempt(1, { outcome: "unknown", resolved: "applied" })], [], state(0), /change 1 is lost, though it was found/],
    ["found not to be there, and is", [attempt(1, { outcome: "unknown", resolved: "not applied" })], [], state(1), /there, though it was said not to be/],
    ["failed, and is there", [attempt(1, { outcome: "failed" })], [], state(1), /there, though it was said not to be/],
    ["refused without a reason", [attempt(1), attempt(2, { outcome: "refused" })], [], state(1), /change 2 was refused, and nobody else writes/],
    ["acknowledged twice", [attempt(1), attempt(1, { token: "again" })], [], state(1), /change 1 took effect twice/],
    ["a read goes behind an acknowledgement", THREE, [reading(1, 26, 27)], state(3), /a read saw change 1, though change 2 was known/],
    ["a read goes behind another", THREE, [reading(3, 31, 32), reading(2, 33, 34)], state(3), /a read saw change 2, though change 3 was known/],
    ["a read sees half", THREE, [reading(3, 36, 37, { torn: ["its slot says nothing"] })], state(3), /a read saw half of change 3/],
    ["a read sees the future", THREE, [reading(3, 22, 24)], state(3), /a read saw change 3 before it was made/],
    ["a read sees what failed", [...THREE, attempt(4, { outcome: "failed" })], [reading(4, 43, 44)], state(3), /a read saw change 4, which was said not/],
    ["a read sees what nobody made", THREE, [reading(3, 36, 37, { token: "?" })], state(3), /a read saw change 3 by somebody who did not make it/],
  ];
  it.each(cases)("%s", (_, attempts, readings, final, words) => {
    expect(faults(attempts, readings, final).join(" ")).toMatch(words);
  });

  it("a row nobody read in the end", () => {
    expect(check({ attempts: THREE, readings: [], waits: [] }, new Map())).toEqual([`Row ${ROW}: it was not read in the end.`]);
  });
});

describe("a state read from a store", () => {
  const store = new MemoryStore({ schemas: [TABLE], clock: () => 1_900_000_000_000 });
  const row = bytesOf(ROW);
  const read = async (around?: number) => stateOf(await store.get(TABLE.name, row, around === undefined ? {} : { columns: columnsAround(around) }), around);

  it("is whole after each change, whatever the reader expected", async () => {
    expect(await read()).toEqual({ seq: 0, token: "", log: [], torn: [] });
    for (let seq = 1; seq <= 5; seq++) {
      await store.mutateRow(TABLE.name, row, changesOf(seq, `t${seq}`));
      for (const around of [undefined, 0, seq - 1, seq]) expect(await read(around)).toMatchObject({ seq, token: `t${seq}`, torn: [] });
    }
    expect((await read()).log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it("is torn when any one cell of a change is missing or stayed", async () => {
    const whole = changesOf(6, "t6");
    for (const [i, left] of whole.entries()) {
      await store.mutateRow(TABLE.name, row, [{ kind: "deleteFamily", family: "log" }]);
      for (let seq = 1; seq <= 5; seq++) await store.mutateRow(TABLE.name, row, changesOf(seq, `t${seq}`));
      await store.mutateRow(
        TABLE.name,
        row,
        whole.filter((_, at) => at !== i),
      );
      expect((await read(5)).torn, JSON.stringify(left)).not.toEqual([]);
    }
  });
});
