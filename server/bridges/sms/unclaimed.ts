import { Lru } from "@/server/platform/lru";
import { carrierRow, pairRow } from "./out-rows";
import type { Cells, SmsRows } from "./rows";

/** A receipt of a text that nobody knows to have been taken. */
export interface UnclaimedReceipt {
  /** The likeliest of `messageIdForms`. */
  readonly id: string;
  /** When it came here, by our clock: those of carriers are in time zones that nobody states. */
  readonly at: number;
  /** How the text begins, if the receipt says it. */
  readonly words?: string;
}

/** Of one pair of numbers; many more than can be in doubt at once, and what a stranger's texts may leave behind. */
const MOST = 64;
/** A row is looked through once in so many receipts. */
const EVERY = 32;

/** Receipts by the pair of numbers they are about, where the carrier's id says nothing to us. */
export class Unclaimed {
  /** Receipts written since the row was last looked through. */
  readonly #written = new Lru<string, number>(10_000);

  constructor(private readonly rows: SmsRows) {}

  /** Cells to be written together with what the receipt said; none when its numbers are not a pair. */
  cells(carrier: string, [one, other]: readonly string[], { id, at, words }: UnclaimedReceipt): Cells {
    if (one === undefined || other === undefined) return new Map();
    return new Map([[pairRow(carrier, one, other), { [`r${id}`]: { at, ...(words && { words }) } }]]);
  }

  /** After such cells were written: the row keeps its size. */
  async trim(carrier: string, [one, other]: readonly string[]): Promise<void> {
    if (one === undefined || other === undefined) return;
    const row = pairRow(carrier, one, other);
    const written = this.#written.get(row) ?? EVERY; // what an earlier process left is not known
    this.#written.set(row, written < EVERY ? written + 1 : 1);
    if (written < EVERY) return;
    const receipts = await this.of(row);
    const old = receipts.slice(0, Math.max(0, receipts.length - MOST));
    await this.forget(
      row,
      old.map(({ id }) => id),
    );
  }

  /** Those of a pair, the oldest first. */
  async of(row: string): Promise<readonly UnclaimedReceipt[]> {
    const cells = [...(await this.rows.all(row, "out"))].filter(([name]) => name.startsWith("r"));
    return cells.map(([name, value]) => ({ ...(value as Omit<UnclaimedReceipt, "id">), id: name.slice(1) })).sort((a, b) => a.at - b.at);
  }

  async forget(row: string, ids: readonly string[]): Promise<void> {
    const names = ids.map((id) => `r${id}`);
    await this.rows.remove(row, "out", names);
  }

  /** The carrier took a text and gave no id, so that receipts with ids that nobody knows are no news from there. */
  async nameless(carrier: string, since: number): Promise<void> {
    await this.rows.put("out", new Map([[carrierRow(carrier), { nameless: since }]]));
  }

  async isNameless(carrier: string): Promise<boolean> {
    return (await this.rows.get<number>(carrierRow(carrier), "out", "nameless")) !== undefined;
  }
}
