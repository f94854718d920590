import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { add, b, counter, del, delFamily, put, show, when } from "../../conformance/words";
import type { WideColumnStore } from "../../contract";
import { dropNamespace, freshNamespace, openStore } from "./testing/cluster";

const SCHEMAS = [{ name: "mailbox", families: ["head", "log"], newestFirst: ["log"] }];
const namespace = freshNamespace();

/** Two processes, as it were: each knows only what it did and read itself. Clocks in milliseconds from the servers'. */
const [ahead, behind] = [5000, -5000];
let [A, B]: WideColumnStore[] = [];
const storeAt = async (skew: number) => (await openStore({ namespace, schemas: SCHEMAS, clock: () => Date.now() + skew })).store;

beforeAll(async () => {
  A = await storeAt(ahead);
  B = await storeAt(behind);
});
afterAll(async () => {
  await Promise.all([A?.close(), B?.close()]);
  await dropNamespace(namespace);
});

let rows = 0;
const freshRow = () => `row-${++rows}`;
const change = (store: WideColumnStore | undefined, row: string, changes: ReturnType<typeof put>[], condition?: ReturnType<typeof when>) =>
  store!.mutateRow("mailbox", b(row), changes, condition);
const read = async (row: string) => show(await A!.get("mailbox", b(row)));

it("carries out the changes of a row one after another, in the order of the calls", async () => {
  const row = freshRow();
  const turns = Array.from({ length: 50 }, (_, turn) =>
    change(A, row, [put("head", "n", `${turn}`)], when("head", "n", turn === 0 ? undefined : `${turn - 1}`)),
  );
  expect(await Promise.all(turns)).toEqual(turns.map(() => ({ applied: true })));
  expect(await read(row)).toEqual({ head: ["n=49"] });
});

describe("clocks that differ by 10 seconds", () => {
  it("lose nothing of what two processes write by turns, with and without conditions", async () => {
    const row = freshRow();
    for (let turn = 0; turn < 20; turn++) {
      const who = turn % 2 === 0 ? A : B;
      await change(who, row, [put("head", "a", `${turn}`), turn % 3 === 0 ? delFamily("log") : put("log", `${turn}`, "x")]);
      expect((await read(row))?.head).toEqual([`a=${turn}`]);
      if (turn % 3 === 0) expect((await read(row))?.log).toBeUndefined();
    }
    for (const who of [A, B, A]) {
      await change(who, row, [del("head", "a")]);
      expect((await read(row))?.head).toBeUndefined();
      await change(who, row, [put("head", "a", "again")]);
      expect((await read(row))?.head).toEqual(["a=again"]);
    }
  });

  it("let two processes fight for a row by its epoch, whose every acknowledged change stays", async () => {
    const row = freshRow();
    const acknowledged: string[] = [];
    const takeOver = async (store: WideColumnStore | undefined, who: string) => {
      const before = (await store!.get("mailbox", b(row), { columns: [{ family: "head", qualifier: b("epoch") }] }))?.families.head?.[0]?.value.toString();
      const epoch = `${Number(before?.split(" ")[0] ?? 0) + 1} ${who}`;
      return (await change(store, row, [put("head", "epoch", epoch)], when("head", "epoch", before))).applied ? epoch : undefined;
    };
    const fighter = async (store: WideColumnStore | undefined, who: string) => {
      for (let turn = 0; turn < 40; ) {
        const epoch = await takeOver(store, who);
        // Writes until the other takes over, at most five times: what it wrote must be there as long as nobody else changed it.
        for (let at = 0; epoch !== undefined && at < 5; at++) {
          const name = `${epoch} ${at}`;
          const mutations = [put("log", name, "x"), put("head", "last", name), del("head", `gone ${at}`), put("head", `gone ${at + 1}`, name)];
          if (!(await change(store, row, mutations, when("head", "epoch", epoch))).applied) break;
          acknowledged.push(name);
          turn++;
          const found = await store!.get("mailbox", b(row), { families: ["head"] });
          const head = Object.fromEntries((found?.families.head ?? []).map(({ qualifier, value }) => [qualifier.toString(), value.toString()]));
          if (head.epoch === epoch) expect([head.last, head[`gone ${at}`], head[`gone ${at + 1}`]]).toEqual([name, undefined, name]);
        }
      }
    };
    await Promise.all([fighter(A, "A"), fighter(B, "B")]);
    const log = (await read(row))?.log ?? [];
    expect(new Set(log)).toEqual(new Set(acknowledged.map((name) => `${name}=x`)));
    expect(new Set(acknowledged.map((name) => name.split(" ")[1]))).toEqual(new Set(["A", "B"]));
  });

  it("do not keep a counter from being deleted, whoever counted it by whatever clock", async () => {
    for (const [one, other] of [
      [A, B],
      [B, A],
      [B, B],
    ] as const) {
      const row = freshRow();
      await change(one, row, [put("head", "n", counter(40n))]);
      for (let turn = 0; turn < 3; turn++) await change(one, row, [add("head", "n", 1n), add("log", "m", 1n)]);
      expect(await read(row)).toEqual({ head: [`n=${counter(43n)}`], log: [`m=${counter(3n)}`] });
      await change(other, row, [del("head", "n"), delFamily("log")]);
      expect(await read(row)).toBeUndefined();
      await change(other, row, [add("head", "n", 7n)]);
      await change(one, row, [put("head", "n", counter(1n))]);
      expect(await read(row)).toEqual({ head: [`n=${counter(1n)}`] });
    }
  });

  it("are seen past even if the counting process is gone, and its clock was years behind", async () => {
    const row = freshRow();
    const old = await storeAt(-3 * 365 * 86_400_000);
    await change(old, row, [put("head", "n", counter(1n)), add("log", "m", 5n)]);
    await change(old, row, [add("head", "n", 1n), add("log", "m", 5n)]);
    await old.close();
    const other = await storeAt(-60_000);
    await change(other, row, [del("head", "n"), del("log", "m"), put("head", "a", "1")]);
    await other.close();
    expect(await read(row)).toEqual({ head: ["a=1"] });
  });
});
