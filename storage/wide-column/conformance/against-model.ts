import fc from "fast-check";
import { expect, it } from "vitest";
import type { RowMutation, WideColumnStore } from "../contract";
import { Model } from "./model";
import { type Change, FAMILIES, type Step, step } from "./steps";
import { type Given, TABLE } from "./subject";
import { all, b, cellsOf, freshRow, show, when, within } from "./words";

interface Compared {
  readonly store: WideColumnStore;
  readonly model: Model;
  /** Beginning of the rows of this run. */
  readonly prefix: string;
}

/** Runs random steps against the store and the model; they must never differ. `reopen` is called now and then, before `store` is asked for again. */
export async function sameAsModel(runs: number, store: () => WideColumnStore, reopen: () => Promise<void>): Promise<void> {
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
    const run = { model: new Model(), prefix: freshRow() };
    for (const taken of steps) await (taken.kind === "reopen" ? reopen() : compare(taken, { store: store(), ...run }));
    for (const family of FAMILIES)
      await compareScan({ families: [family], limit: 100, reverse: false, from: undefined, to: undefined }, { store: store(), ...run });
  });
  await fc.assert(property, { numRuns: runs, seed: 20_101_115 });
}

export function againstModel({ store }: Given): void {
  it("answers what the plainest model answers, over random changes and reads", () => sameAsModel(60, store, async () => {}), 60_000);
}

async function compare(taken: Exclude<Step, { kind: "reopen" }>, compared: Compared): Promise<void> {
  switch (taken.kind) {
    case "change":
      return compareChange(taken.changes, compared);
    case "get":
      return compareGet(taken, compared);
    case "slice":
      return compareSlice(taken, compared);
    case "scan":
      return compareScan(taken, compared);
    default:
      taken satisfies never;
  }
}

async function compareChange(changes: readonly Change[], { store, model, prefix }: Compared): Promise<void> {
  const rows = changes.map(({ end, mutations, condition }): RowMutation => {
    return { row: b(prefix + end), mutations, ...(condition && when(condition[0], condition[1], condition[2] ?? undefined)) };
  });
  expect(await store.batch(TABLE, rows)).toEqual(rows.map((row) => ({ applied: model.change(row) })));
}

async function compareGet({ ends, families }: Extract<Step, { kind: "get" }>, { store, model, prefix }: Compared): Promise<void> {
  const rows = ends.map((end) => prefix + end);
  const found = await store.getMany(TABLE, rows.map(b), { families });
  expect(found.map(show)).toEqual(rows.map((row) => model.row(row, families)));
}

async function compareSlice({ end, family, from, to, limit, reverse }: Extract<Step, { kind: "slice" }>, { store, model, prefix }: Compared): Promise<void> {
  const found = await store.slice(TABLE, b(prefix + end), family, { from: bytes(from), to: bytes(to), limit, reverse });
  const inside = model.cells(prefix + end, family).filter((cell) => isInside(cell.slice(0, cell.indexOf("=")), from, to));
  expect(cellsOf(found)).toEqual((reverse ? inside.reverse() : inside).slice(0, limit));
}

async function compareScan(
  { families, from, to, limit, reverse }: Omit<Extract<Step, { kind: "scan" }>, "kind">,
  { store, model, prefix }: Compared,
): Promise<void> {
  const whole = within(prefix);
  const bounds = { from: from === undefined ? whole.from : b(prefix + from), to: to === undefined ? whole.to : b(prefix + to) };
  const found = await all(store.scan(TABLE, { ...bounds, families, limit, reverse }));
  const inside = model.scan(families, bounds.from.toString("latin1"), bounds.to.toString("latin1"));
  expect(found.map((row) => ({ key: row.key.toString("latin1"), families: show(row) }))).toEqual((reverse ? inside.reverse() : inside).slice(0, limit));
}

const bytes = (text: string | undefined): Buffer | undefined => (text === undefined ? undefined : b(text));

const isInside = (qualifier: string, from: string | undefined, to: string | undefined): boolean =>
  (from === undefined || qualifier >= from) && (to === undefined || qualifier < to);
