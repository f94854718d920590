import { expect, it } from "vitest";
import { bytesOf, type Mutation } from "../../contract";
import { FaultPlan, MemoryStore } from "./index";

const row = bytesOf("row");
const schemas = [{ name: "mailbox", families: ["head"] }];
const put = (value: string): Mutation[] => [{ kind: "put", family: "head", qualifier: bytesOf("a"), value: bytesOf(value) }];

function given() {
  const faults = new FaultPlan();
  const store = new MemoryStore({ schemas, clock: () => 5, faults });
  const value = async () => (await store.get("mailbox", row))?.families.head?.[0]?.value.toString();
  return { faults, store, value };
}

it("fails the next change as planned, once, and changes nothing unless the answer alone was lost", async () => {
  const { faults, store, value } = given();
  await store.mutateRow("mailbox", row, put("first"));
  for (const [fault, kind, left] of [
    ["unavailable", "unavailable", "first"],
    ["full", "full", "first"],
    ["unknown-not-applied", "unknown-outcome", "first"],
    ["unknown-applied", "unknown-outcome", "unknown-applied"],
  ] as const) {
    faults.add(fault);
    await expect(store.mutateRow("mailbox", row, put(fault))).rejects.toMatchObject({ kind });
    expect(await value()).toBe(left);
  }
  expect(await store.mutateRow("mailbox", row, put("last"))).toEqual({ applied: true });
  expect(await value()).toBe("last");
});

it("runs the same way every time: calls take effect in the order made, before anyone awaits them", async () => {
  const { faults, store, value } = given();
  faults.add("full");
  const calls = ["one", "two", "three"].map((text) => store.mutateRow("mailbox", row, put(text)));
  expect(store.stats().mutations).toBe(2);
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(await value()).toBe("three");
  expect((await store.get("mailbox", row))?.families.head?.[0]?.timestamp).toBe(6);
});
