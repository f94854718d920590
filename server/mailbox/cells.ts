import type { Mutation } from "@/storage/wide-column/contract";
import { utf8 } from "./schema";

const NOTHING = Buffer.alloc(0);
/** Far below what a store takes in one mutation (`MAX_CELLS`, 64 MB), so that one more action always fits. */
const MANY = 2_000;
const LARGE = 8_000_000;

export const encode = (value: unknown): Buffer => utf8(JSON.stringify(value));
export const decode = <T>(value: Uint8Array): T => JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8")) as T;

interface Change {
  readonly qualifier: string | Buffer;
  /** `GONE` deletes the cell, undefined makes one without a value. */
  readonly value: unknown;
  encoded?: Buffer;
}
const GONE = Symbol("gone");

/** The changes of one row, the last word on each cell winning, so that several actions make one mutation. Only that word is encoded. */
export class RowChanges {
  readonly #families = new Map<string, Map<string, Change>>();

  /** Whether it is time to write them and begin others. */
  get areMany(): boolean {
    let [count, size] = [0, 0];
    for (const cells of this.#families.values()) {
      count += cells.size;
      for (const change of cells.values()) size += bytesOf(change).length;
    }
    return count >= MANY || size >= LARGE;
  }

  put(family: string, qualifier: string | Buffer, value: unknown): void {
    const key = typeof qualifier === "string" ? qualifier : qualifier.toString("latin1");
    const cells = this.#families.get(family);
    if (cells === undefined) this.#families.set(family, new Map([[key, { qualifier, value }]]));
    else cells.set(key, { qualifier, value });
  }

  delete(family: string, qualifier: string | Buffer): void {
    this.put(family, qualifier, GONE);
  }

  mutations(): Mutation[] {
    const all: Mutation[] = [];
    for (const [family, cells] of this.#families) for (const change of cells.values()) all.push(mutation(family, change));
    return all;
  }
}

function mutation(family: string, change: Change): Mutation {
  const qualifier = typeof change.qualifier === "string" ? utf8(change.qualifier) : change.qualifier;
  return change.value === GONE ? { kind: "delete", family, qualifier } : { kind: "put", family, qualifier, value: bytesOf(change) };
}

function bytesOf(change: Change): Buffer {
  change.encoded ??= change.value === GONE || change.value === undefined ? NOTHING : encode(change.value);
  return change.encoded;
}
