import { expect, it } from "vitest";
import { CellType } from "../../../hbase";
import type { Mutation, RowMutation } from "../../contract";
import { TableLayout } from "./layout";
import { planOf } from "./plan";
import { prepare } from "./prepared";
import { turned } from "./qualifiers";

const LAYOUT = new TableLayout({ name: "mailbox", families: ["head", "log"] }, "braid:mailbox", ["log"]);
const b = Buffer.from;
const ROW = b("row");
const put = (family: string, qualifier: string, value: string): Mutation => ({ kind: "put", family, qualifier: b(qualifier), value: b(value) });
const prepared = (mutations: readonly Mutation[], when?: RowMutation["when"]) => prepare(LAYOUT, { row: ROW, mutations, ...(when && { when }) });
const brief = (cells: readonly { family: Buffer; qualifier: Buffer; ts: number | undefined; type: number }[]) =>
  cells.map(({ family, qualifier, ts, type }) => `${family}:${qualifier} ${type}@${ts}`);

it("puts at the timestamp, deletes one below, and leaves a guard", () => {
  const plan = planOf(prepared([put("head", "a", "1"), { kind: "delete", family: "head", qualifier: b("b") }, { kind: "deleteFamily", family: "log" }]), 100);
  expect(brief(plan.puts)).toEqual([`head:a ${CellType.put}@100`, `_: ${CellType.put}@100`]);
  expect(brief(plan.deletes)).toEqual([`head:b ${CellType.deleteColumn}@99`, `log: ${CellType.deleteFamily}@99`]);
  expect(plan.counts).toEqual([]);
});

it("leaves a guard where nothing is put, and a second one where something is counted", () => {
  const deleted = planOf(prepared([{ kind: "delete", family: "head", qualifier: b("a") }]), 7);
  expect(brief(deleted.puts)).toEqual([`_: ${CellType.put}@7`]);
  const counted = planOf(prepared([{ kind: "increment", family: "head", qualifier: b("n"), by: -2n }]), 7);
  expect(brief(counted.counts)).toEqual([`head:n ${CellType.put}@7`, `_:c ${CellType.put}@undefined`]);
  expect(counted.counts.map(({ value }) => value.readBigInt64BE())).toEqual([-2n, 0n]);
});

it("stores qualifiers turned round where the family has the newest first, in puts, deletes and conditions alike", () => {
  const { puts, deletes, when } = prepared([put("log", "q", "1"), { kind: "delete", family: "log", qualifier: b("r") }], {
    family: "log",
    qualifier: b("s"),
    equals: b(""),
  });
  expect([puts[0]?.qualifier, deletes[0]?.qualifier, when?.qualifier]).toEqual(["q", "r", "s"].map((text) => turned(b(text))));
  expect(when?.equals).toHaveLength(5);
  expect(prepared([put("log", "q", "1")], { family: "log", qualifier: b("s"), equals: undefined }).when?.equals).toBeUndefined();
});

it("calls only him an owner who leaves alone the cell he asks for", () => {
  const when = { family: "head", qualifier: b("epoch"), equals: b("1") };
  expect(prepared([put("head", "a", "1"), put("log", "epoch", "1")], when).owner).toBe(true);
  expect(prepared([put("head", "a", "1")]).owner).toBe(false);
  for (const own of [
    put("head", "epoch", "2"),
    { kind: "delete", family: "head", qualifier: b("epoch") } as const,
    { kind: "deleteFamily", family: "head" } as const,
    { kind: "increment", family: "head", qualifier: b("epoch"), by: 1n } as const,
  ])
    expect(prepared([own], when).owner).toBe(false);
});

it("shares no memory with what it is given", () => {
  const [row, qualifier, value] = [b("row"), b("qualifier"), b("12345678")];
  const change = prepare(LAYOUT, { row, mutations: [{ kind: "put", family: "head", qualifier, value }], when: { family: "head", qualifier, equals: value } });
  for (const bytes of [row, qualifier, value]) bytes.fill(0);
  expect([change.key, change.puts[0]?.qualifier, change.puts[0]?.value, change.when?.equals].map(String)).toEqual(["row", "qualifier", "12345678", "12345678"]);
});
