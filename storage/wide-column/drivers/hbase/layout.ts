import { type Bytes, StoreError, type TableSchema, textOf } from "../../contract";
import { turned, turnedBack } from "./qualifiers";
import { seal, sumOfFamily, sumOfRow, unseal } from "./values";

/** The family of the guard; no family of a schema can have this name. */
export const GUARD = "_";

/** How a family lies in the cluster. */
export class FamilyLayout {
  readonly bytes: Buffer;
  readonly #sum: number;

  constructor(
    private readonly table: string,
    readonly name: string,
    /** Stored under turned qualifiers, so that the last is read first. */
    readonly newestFirst: boolean,
  ) {
    this.bytes = Buffer.from(name);
    this.#sum = sumOfFamily(table, name);
  }

  /** The qualifier as stored: a copy. */
  qualifier(qualifier: Bytes): Buffer {
    return this.newestFirst ? turned(qualifier) : Buffer.from(qualifier);
  }

  /** How the values of a row are stored: as copies. */
  writer(row: Bytes): (qualifier: Bytes, value: Bytes) => Buffer {
    const sum = sumOfRow(this.#sum, row);
    return (qualifier, value) => seal(sum, qualifier, value);
  }

  /** What was read of a row, as it is known to callers, in the order read. Throws `corrupt`. */
  reader(row: Bytes): (qualifier: Bytes, value: Bytes) => { qualifier: Buffer; value: Buffer } {
    const sum = sumOfRow(this.#sum, row);
    return (stored, value) => {
      const qualifier = this.newestFirst ? turnedBack(stored) : Buffer.from(stored);
      const found = qualifier && unseal(sum, qualifier, value);
      if (found === undefined) throw new StoreError("corrupt", `A cell of ${this.table}:${this.name} is damaged, in row ${textOf(row).slice(0, 100)}.`);
      return { qualifier: qualifier as Buffer, value: found };
    };
  }
}

/** A table of the contract and where it is. */
export class TableLayout {
  readonly families: ReadonlyMap<string, FamilyLayout>;

  constructor(
    readonly schema: TableSchema,
    /** Its name in the cluster, with the namespace. */
    readonly table: string,
    newestFirst: readonly string[],
  ) {
    this.families = new Map(schema.families.map((name) => [name, new FamilyLayout(schema.name, name, newestFirst.includes(name))]));
  }

  /** The row as text, with its table. */
  rowName(key: Bytes): string {
    return `${this.schema.name}:${textOf(key)}`;
  }

  family(name: string): FamilyLayout {
    return this.families.get(name)!;
  }
}
