import type { WideColumnStore } from "@/storage/wide-column/contract";
import { SMS } from "./tables";

const ATTEMPTS = 20;
const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const encode = (value: unknown): Buffer => bytes(JSON.stringify(value));

const putsOf = (family: string, cells: Readonly<Record<string, unknown>>) =>
  Object.entries(cells).map(([name, value]) => ({ kind: "put" as const, family, qualifier: bytes(name), value: encode(value) }));

/** The cells of table `sms` as values. Failures of the store are StoreError. */
export class SmsRows {
  constructor(private readonly store: WideColumnStore) {}

  async get<T>(row: string, family: string, qualifier: string): Promise<T | undefined> {
    const found = await this.store.get(SMS.name, bytes(row), { columns: [{ family, qualifier: bytes(qualifier) }] });
    const cell = found?.families[family]?.[0];
    return cell === undefined ? undefined : (JSON.parse(cell.value.toString("utf8")) as T);
  }

  /** One cell of each of several rows; undefined where there is none. */
  async getMany<T>(rows: readonly string[], family: string, qualifier: string): Promise<(T | undefined)[]> {
    const found = await this.store.getMany(SMS.name, rows.map(bytes), { columns: [{ family, qualifier: bytes(qualifier) }] });
    return found.map((row) => {
      const cell = row?.families[family]?.[0];
      return cell && (JSON.parse(cell.value.toString("utf8")) as T);
    });
  }

  /** Some cells of a family of a row, or all, by qualifier. Some are quicker: what is not named need not be looked for. */
  async all(row: string, family: string, qualifiers?: readonly string[]): Promise<Map<string, unknown>> {
    const selection = qualifiers ? { columns: qualifiers.map((name) => ({ family, qualifier: bytes(name) })) } : { families: [family] };
    const found = await this.store.get(SMS.name, bytes(row), selection);
    return new Map((found?.families[family] ?? []).map(({ qualifier, value }) => [qualifier.toString("utf8"), JSON.parse(value.toString("utf8"))]));
  }

  /** Writes cells of several rows; durable when it resolves. */
  async put(family: string, rows: ReadonlyMap<string, Readonly<Record<string, unknown>>>): Promise<void> {
    await this.store.batch(
      SMS.name,
      [...rows].map(([row, cells]) => ({ row: bytes(row), mutations: putsOf(family, cells) })),
    );
  }

  /** Writes these cells of a row if one of them still has the value that was read before; answers whether it had. */
  async putIf(row: string, family: string, [qualifier, was]: readonly [string, unknown], cells: Readonly<Record<string, unknown>>): Promise<boolean> {
    const when = { family, qualifier: bytes(qualifier), equals: was === undefined ? undefined : encode(was) };
    return (await this.store.mutateRow(SMS.name, bytes(row), putsOf(family, cells), { when })).applied;
  }

  /** Writes these cells of a row, and removes the others of the family; durable when it resolves. */
  async replace(row: string, family: string, cells: Readonly<Record<string, unknown>>): Promise<void> {
    await this.store.mutateRow(SMS.name, bytes(row), [{ kind: "deleteFamily", family }, ...putsOf(family, cells)]);
  }

  /** Changes a cell by what it was, so that two changes at once never lose one another; `change` may be asked again. */
  async change<T>(row: string, family: string, qualifier: string, change: (was: T | undefined) => T | undefined): Promise<T | undefined> {
    const column = { family, qualifier: bytes(qualifier) };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.store.get(SMS.name, bytes(row), { columns: [column] });
      const was = found?.families[family]?.[0]?.value;
      const known = was === undefined ? undefined : (JSON.parse(was.toString("utf8")) as T);
      const next = change(known);
      if (next === undefined) return known;
      if (await this.#swap(row, column, was, next)) return next;
    }
    throw new Error(`The row ${row} changes too often.`);
  }

  /** Writes a cell if it still has the value that was read before; answers whether it had. */
  swap(row: string, family: string, qualifier: string, was: unknown, next: unknown): Promise<boolean> {
    return this.putIf(row, family, [qualifier, was], { [qualifier]: next });
  }

  async #swap(row: string, column: { family: string; qualifier: Buffer }, was: Buffer | undefined, next: unknown): Promise<boolean> {
    const when = { ...column, equals: was };
    const { applied } = await this.store.mutateRow(SMS.name, bytes(row), [{ kind: "put", ...column, value: encode(next) }], { when });
    return applied;
  }
}
