import { type Mutation, type RowMutation, textOf } from "../contract";
import { counter } from "./words";

type Cells = Map<string, string>;

/** The contract in the plainest words: rows of families of cells, all in sorted text. What a store answers is held against it. */
export class Model {
  readonly #rows = new Map<string, Map<string, Cells>>();

  /** Whether it was applied; a count in a cell that is no counter is refused, which the generator of the property never asks for. */
  change({ row, mutations, when }: RowMutation): boolean {
    const families = this.#rows.get(textOf(row)) ?? new Map<string, Cells>();
    this.#rows.set(textOf(row), families);
    const found = when && families.get(when.family)?.get(textOf(when.qualifier));
    if (when && found !== (when.equals && textOf(when.equals))) return false;
    for (const deletes of [true, false]) for (const mutation of mutations) if (mutation.kind.startsWith("delete") === deletes) apply(families, mutation);
    return true;
  }

  row(row: string, asked: readonly string[]): Record<string, string[]> | undefined {
    const families = asked.map((family) => [family, this.cells(row, family)] as const).filter(([, cells]) => cells.length > 0);
    return families.length === 0 ? undefined : Object.fromEntries(families);
  }

  cells(row: string, family: string): string[] {
    const cells = this.#rows.get(row)?.get(family) ?? new Map<string, string>();
    return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([qualifier, value]) => `${qualifier}=${value}`);
  }

  scan(asked: readonly string[], from: string, to: string): { key: string; families: Record<string, string[]> }[] {
    const inside = [...this.#rows.keys()].filter((key) => key >= from && key < to).sort();
    return inside.flatMap((key) => {
      const families = this.row(key, asked);
      return families ? [{ key, families }] : [];
    });
  }
}

function apply(families: Map<string, Cells>, mutation: Mutation): void {
  const cells = families.get(mutation.family) ?? new Map<string, string>();
  families.set(mutation.family, cells);
  if (mutation.kind === "deleteFamily") cells.clear();
  else if (mutation.kind === "delete") cells.delete(textOf(mutation.qualifier));
  else if (mutation.kind === "put") cells.set(textOf(mutation.qualifier), textOf(mutation.value));
  else cells.set(textOf(mutation.qualifier), counter(numberIn(cells.get(textOf(mutation.qualifier))) + mutation.by));
}

const numberIn = (cell: string | undefined): bigint => (cell === undefined ? 0n : Buffer.from(cell, "latin1").readBigInt64BE());
