import type { Mutation } from "@/storage/wide-column/contract";
import { utf8 } from "./schema";

const NOTHING = Buffer.alloc(0);

export const encode = (value: unknown): Buffer => utf8(JSON.stringify(value));
export const decode = <T>(value: Uint8Array): T => JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8")) as T;

/** The changes of one row, the last word on each cell winning, so that several actions make one mutation. */
export class RowChanges {
  readonly #cells = new Map<string, Mutation>();

  put(family: string, qualifier: string | Buffer, value: unknown): void {
    this.#set({ kind: "put", family, qualifier: bytes(qualifier), value: value === undefined ? NOTHING : encode(value) });
  }

  delete(family: string, qualifier: string | Buffer): void {
    this.#set({ kind: "delete", family, qualifier: bytes(qualifier) });
  }

  mutations(): Mutation[] {
    return [...this.#cells.values()];
  }

  #set(mutation: Exclude<Mutation, { kind: "deleteFamily" }>): void {
    this.#cells.set(`${mutation.family}:${Buffer.from(mutation.qualifier).toString("latin1")}`, mutation);
  }
}

const bytes = (qualifier: string | Buffer): Buffer => (typeof qualifier === "string" ? utf8(qualifier) : qualifier);
