import { createHash } from "node:crypto";
import type { Id } from "@/domain/id";
import type { Cell, WideColumnStore } from "@/storage/wide-column/contract";
import type { Keyword } from "./keywords";
import type { MediaDue } from "./media-rows";
import { SMS } from "./tables";
import type { Concatenation } from "./wire/header";

/** A short message as it was taken from a carrier. */
export interface Taken {
  readonly carrier: string;
  /** The phone, E.164. */
  readonly from: string;
  /** Our number. */
  readonly to: string;
  readonly text: string;
  readonly concatenation?: Concatenation;
  /** The carrier's id of it, from carriers that give one: what has it again is a repeat, for ever. Else the words tell, for a while. */
  readonly carrierId?: string;
  /** Short messages it came in, when the carrier joined them. */
  readonly segments?: number;
  /** What came with it and is to be fetched. */
  readonly media?: readonly MediaDue[];
  /** What came with it and cannot be shown, in words. */
  readonly note?: string;
  /** What the carrier says it asks us for. The carrier has answered that already. */
  readonly keyword?: Keyword;
}

export interface StoredPart extends Taken {
  readonly id: Id;
  /** Unix milliseconds. */
  readonly at: number;
  readonly row: string;
}

interface Seen {
  readonly at: number;
  readonly session: string;
}

const FAMILY = "in";
const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const put = (qualifier: string, value: unknown) => ({ kind: "put", family: FAMILY, qualifier: bytes(qualifier), value: bytes(JSON.stringify(value)) }) as const;
/** In a family that the backlog does not read: it stays, and a start must not walk through all that ever came. */
const ONCE = { family: "pair", qualifier: bytes("once") };
const parse = <T>(value: Buffer): T => JSON.parse(value.toString("utf8")) as T;

/** The short messages that were taken and are not in their mailboxes yet, and for a while what has been taken at all. */
export class IncomingRows {
  constructor(private readonly store: WideColumnStore) {}

  rowOf({ carrier, from, to, text, concatenation, carrierId }: Taken): string {
    const { reference, total, number } = concatenation ?? {};
    const same = carrierId === undefined ? [carrier, from, to, text, reference, total, number] : [carrier, carrierId];
    return `i:${createHash("sha256").update(JSON.stringify(same)).digest("base64url")}`;
  }

  async seen(row: string): Promise<Seen | undefined> {
    const found = await this.store.get(SMS.name, bytes(row), { columns: [{ family: FAMILY, qualifier: bytes("seen") }] });
    const cell = found?.families[FAMILY]?.[0];
    return cell && parse<Seen>(cell.value);
  }

  /** Durable when it resolves: the part, and that it came. */
  async add({ row, id, ...part }: StoredPart, session: string): Promise<void> {
    await this.store.mutateRow(SMS.name, bytes(row), [put(`p${id}`, part), put("seen", { at: part.at, session })]);
  }

  /** The same for what has the carrier's id; answers false, and writes nothing, when that came before. */
  async addOnce({ row, id, ...part }: StoredPart): Promise<boolean> {
    const changes = [put(`p${id}`, part), { kind: "put", ...ONCE, value: bytes(JSON.stringify(part.at)) } as const];
    return (await this.store.mutateRow(SMS.name, bytes(row), changes, { when: { ...ONCE, equals: undefined } })).applied;
  }

  /** What of a row is not in its mailboxes yet. */
  async waiting(row: string): Promise<StoredPart[]> {
    const found = await this.store.get(SMS.name, bytes(row), { families: [FAMILY] });
    return partsIn(row, found?.families[FAMILY] ?? []);
  }

  async remove(parts: readonly StoredPart[]): Promise<void> {
    const byRow = new Map<string, StoredPart[]>();
    for (const part of parts) byRow.set(part.row, [...(byRow.get(part.row) ?? []), part]);
    const rows = [...byRow].map(([row, all]) => ({
      row: bytes(row),
      mutations: all.map(({ id }) => ({ kind: "delete" as const, family: FAMILY, qualifier: bytes(`p${id}`) })),
    }));
    await this.store.batch(SMS.name, rows);
  }

  /** Parts that are not in their mailboxes, in no order; forgets on the way what came before `forgetBefore`. */
  async *backlog(forgetBefore: number): AsyncGenerator<StoredPart> {
    for await (const { key: row, families } of this.store.scan(SMS.name, { from: bytes("i:"), to: bytes("i;"), families: [FAMILY] })) {
      const cells = families[FAMILY] ?? [];
      const parts = partsIn(row.toString("utf8"), cells);
      const seen = cells.find(({ qualifier }) => qualifier.toString() === "seen");
      if (parts.length === 0 && seen && parse<Seen>(seen.value).at < forgetBefore) await this.#forget(row);
      yield* parts;
    }
  }

  async #forget(row: Buffer): Promise<void> {
    await this.store.mutateRow(SMS.name, row, [{ kind: "delete", family: FAMILY, qualifier: bytes("seen") }]);
  }
}

const partsIn = (row: string, cells: readonly Cell[]): StoredPart[] =>
  cells
    .filter(({ qualifier }) => qualifier[0] === 0x70)
    .map(({ qualifier, value }) => ({ ...parse<Omit<StoredPart, "id" | "row">>(value), id: qualifier.toString("utf8").slice(1), row }));
