import type { Mutation } from "@/storage/wide-column/contract";
import { utf8 } from "./schema";

const NOTHING = Buffer.alloc(0);

export const encode = (value: unknown): Buffer => utf8(JSON.stringify(value));
export const decode = <T>(value: Uint8Array): T => JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8")) as T;

interface Change {
  readonly qualifier: string | Buffer;
  /** `GONE` deletes the cell, undefined makes one without a value. */
  readonly value: unknown;
}
const GONE = Symbol("gone");

/** The changes of one row, the last word on each cell winning, so that several actions make one mutation. Only that word is encoded. */
export class RowChanges {
  readonly #families = new Map<string, Map<string, Change>>();

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

function mutation(family: string, { qualifier: name, value }: Change): Mutation {
  const qualifier = typeof name === "string" ? utf8(name) : name;
  if (value === GONE) return { kind: "delete", family, qualifier };
  return { kind: "put", family, qualifier, value: value === undefined ? NOTHING : encode(value) };
}
