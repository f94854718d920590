import fc from "fast-check";
import type { Mutation } from "../contract";
import { add, del, delFamily, put } from "./words";

export const FAMILIES = ["head", "log", "rare"];

/** A row mutation of the row that ends so; the condition is family, qualifier, expected value (null: absent). */
export interface Change {
  readonly end: string;
  readonly mutations: readonly Mutation[];
  readonly condition: readonly [family: string, qualifier: string, equals: string | null] | null;
}

interface Stretch {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly limit: number;
  readonly reverse: boolean;
}

export type Step =
  | { readonly kind: "change"; readonly changes: readonly Change[] }
  | { readonly kind: "get"; readonly ends: readonly string[]; readonly families: readonly string[] }
  | ({ readonly kind: "slice"; readonly end: string; readonly family: string } & Stretch)
  | ({ readonly kind: "scan"; readonly families: readonly string[] } & Stretch)
  | { readonly kind: "reopen" };

/** Few and nasty, so that steps meet each other's cells. */
const text = fc.constantFrom("", "a", "a\0", "a\0\xff", "b", "\xff");
const end = fc.constantFrom("a", "a\0", "a\0\x01", "b", "\xff");
const family = fc.constantFrom(...FAMILIES);
const families = fc.subarray(FAMILIES, { minLength: 1 });
const bound = fc.option(text, { nil: undefined });
const stretch = { from: bound, to: bound, limit: fc.integer({ min: 1, max: 6 }), reverse: fc.boolean() };

/** Counters have qualifiers of their own, so that nothing else is ever in them. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(family, text, text).map((cell) => put(...cell)) },
  { weight: 2, arbitrary: fc.tuple(family, text).map((cell) => del(...cell)) },
  { weight: 1, arbitrary: family.map(delFamily) },
  { weight: 2, arbitrary: fc.tuple(family, fc.constantFrom("n", "n\0"), fc.bigInt(-5n, 2n ** 62n)).map((cell) => add(...cell)) },
);

const equals: fc.Arbitrary<string | null> = fc.option(text);
const condition: fc.Arbitrary<Change["condition"]> = fc.option(fc.tuple(family, text, equals));
const change: fc.Arbitrary<Change> = fc.record({ end, mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }).filter(allowed), condition });

const changes = fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: (each) => each.end });

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("change" as const), changes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("get" as const), ends: fc.array(end, { minLength: 1, maxLength: 3 }), families }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("slice" as const), end, family, ...stretch }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("scan" as const), families, ...stretch }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reopen" as const) }) },
);

/** What the contract asks of one row mutation: no cell twice, no family deleted and counted in. */
function allowed(mutations: readonly Mutation[]): boolean {
  const cells = mutations.flatMap((each) => (each.kind === "deleteFamily" ? [] : [`${each.family}:${Buffer.from(each.qualifier).toString("hex")}`]));
  const deleted = mutations.flatMap((each) => (each.kind === "deleteFamily" ? [each.family] : []));
  return new Set(cells).size === cells.length && !mutations.some((each) => each.kind === "increment" && deleted.includes(each.family));
}
