import { expect, it } from "vitest";
import { add, b, counter, del, delFamily, put, when } from "../../conformance/words";
import { type Mutation, StoreError, textOf } from "../../contract";
import { Timestamps } from "../local/timestamps";
import { plan } from "./plan";
import { rowChange } from "./row-change";
import { unstamped } from "./values";
import type { Place } from "./view";

type Stored = Record<string, string | StoreError>;

/** Plans one commit over a store that holds, for one row, these cells ("family:qualifier"). */
async function planned(stored: Stored, ...calls: { row?: string; mutations: Mutation[]; condition?: ReturnType<typeof when> }[]) {
  const changes = calls.map(({ row = "row", mutations, condition }) => [rowChange(1, { row: b(row), mutations, ...condition })]);
  const nameOf = ({ family, key }: Place) => `${family}:${textOf(key).slice("..row..".length)}`;
  const getEach = async (places: readonly Place[]) =>
    places.map((place) => {
      const value = stored[nameOf(place)];
      return typeof value === "string" ? unstamped(b(value)) : value;
    });
  const { writes, outcomes, applied } = await plan(changes, { getEach }, new Timestamps(() => 1000));
  const told = writes.map(
    (write) => `${write.kind} ${nameOf(write)}${write.kind === "put" ? `=${textOf(write.value.subarray(8))}@${write.value.readUIntBE(2, 6)}` : ""}`,
  );
  return { told, applied, outcomes: outcomes.map((outcome) => (outcome instanceof StoreError ? outcome.kind : outcome[0]?.applied)) };
}

const put1 = (value: string) => [put("head", "epoch", value)];

it("checks each condition against the store and the calls before it in the same commit", async () => {
  const { told, outcomes, applied } = await planned(
    { "head:epoch": "1" },
    { mutations: put1("2"), condition: when("head", "epoch", "1") },
    { mutations: put1("never"), condition: when("head", "epoch", "1") },
    { mutations: put1("3"), condition: when("head", "epoch", "2") },
    { mutations: [delFamily("head")] },
    { mutations: put1("4"), condition: when("head", "epoch", undefined) },
    { mutations: [del("head", "epoch")] },
    { mutations: put1("never"), condition: when("head", "epoch", "4") },
  );
  expect(outcomes).toEqual([true, false, true, true, true, true, false]);
  expect(applied).toBe(5);
  expect(told).toEqual(["put head:epoch=2@1000", "put head:epoch=3@1001", "deleteRange head:", "put head:epoch=4@1003", "delete head:epoch"]);
});

it("counts on from the calls before, deletes before it puts, and keeps rows apart", async () => {
  const { told } = await planned(
    { "head:n": counter(5n) },
    { mutations: [add("head", "n", 1n)] },
    { mutations: [add("head", "n", 1n), put("log", "a", ""), del("log", "b"), delFamily("log")] },
    { mutations: [del("head", "n")] },
    { mutations: [add("head", "n", 1n)] },
  );
  expect(told).toEqual([
    `put head:n=${counter(6n)}@1000`,
    "deleteRange log:",
    "delete log:b",
    "put log:a=@1001",
    `put head:n=${counter(7n)}@1001`,
    "delete head:n",
    `put head:n=${counter(1n)}@1003`,
  ]);
  const other = await planned({}, { mutations: put1("1") }, { row: "two", mutations: put1("2"), condition: when("head", "epoch", undefined) });
  expect(other.outcomes).toEqual([true, true]);
});

it("lets a call fail alone, with nothing of it written, when a cell cannot be read or counted in", async () => {
  const { told, outcomes } = await planned(
    { "head:epoch": new StoreError("corrupt", "Damaged."), "head:n": "no counter" },
    { mutations: put1("1"), condition: when("head", "epoch", "0") },
    { mutations: [put("log", "a", "1"), add("head", "n", 1n)] },
    { mutations: put1("2") },
    { mutations: put1("3"), condition: when("head", "epoch", "2") },
  );
  expect(outcomes).toEqual(["corrupt", "bad-request", true, true]);
  expect(told).toEqual(["put head:epoch=2@1000", "put head:epoch=3@1001"]);
});
