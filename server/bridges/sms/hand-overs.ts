import { Lru } from "@/server/platform/lru";
import { byPiece, type HandOver } from "./out-rows";
import type { SmsRows } from "./rows";

/** A text that was handed over and of which nothing is known. */
export interface Open {
  readonly row: string;
  /** When, Unix milliseconds. */
  readonly at: number;
  /** The carrier is being asked now; else it was, and did not say. */
  readonly underWay: boolean;
}

/** Pairs of numbers in memory, and texts of one of them: more than can be under way at once. */
const PAIRS = 10_000;
const EACH = 64;

/** Texts that are open, by the pair of numbers they go between; what the process before left in doubt is read when the pair is first used. */
export class HandOvers {
  readonly #pairs = new Lru<string, readonly Open[]>(PAIRS);
  readonly #reading = new Map<string, Promise<void>>();

  constructor(private readonly rows: SmsRows) {}

  /** Before anything else of a pair. */
  async know(pair: string): Promise<void> {
    if (this.#pairs.get(pair) !== undefined) return;
    const reading = this.#reading.get(pair) ?? this.#read(pair).finally(() => this.#reading.delete(pair));
    this.#reading.set(pair, reading);
    await reading;
  }

  /** Answers the rows that are open now, this one included: what whoever comes after us has to look at. */
  begin(pair: string, row: string, at: number): readonly string[] {
    return this.#set(pair, [...this.#others(pair, row), { row, at, underWay: true }]).map((one) => one.row);
  }

  /** The carrier did not say what became of it. */
  doubt(pair: string, row: string, at: number): void {
    this.#set(pair, [...this.#others(pair, row), { row, at, underWay: false }]);
  }

  end(pair: string, row: string): void {
    this.#set(pair, this.#others(pair, row));
  }

  /** Since when another text of the pair is under way. */
  underWaySince(pair: string, row: string): number | undefined {
    const since = this.#others(pair, row).filter(({ underWay }) => underWay);
    return since.length === 0 ? undefined : Math.min(...since.map(({ at }) => at));
  }

  /** Other texts of the pair that are in doubt. */
  doubts(pair: string, row: string): readonly Open[] {
    return this.#others(pair, row).filter(({ underWay }) => !underWay);
  }

  async #read(pair: string): Promise<void> {
    const rows = (await this.rows.get<readonly string[]>(pair, "out", "last")) ?? [];
    const found = rows.length === 0 ? [] : await this.rows.allOf(rows, "out");
    const open = rows.flatMap((row, i) => {
      const at = doubtIn(found[i] ?? new Map());
      return at === undefined ? [] : [{ row, at, underWay: false }];
    });
    this.#set(pair, open);
  }

  #others(pair: string, row: string): readonly Open[] {
    return (this.#pairs.get(pair) ?? []).filter((one) => one.row !== row);
  }

  #set(pair: string, open: readonly Open[]): readonly Open[] {
    const kept = open.length > EACH ? open.slice(-EACH) : open;
    this.#pairs.set(pair, kept);
    return kept;
  }
}

/** When the last of its pieces that are in doubt was handed over. */
function doubtIn(cells: ReadonlyMap<string, unknown>): number | undefined {
  const ids = byPiece<string>(cells, "i");
  const open = [...byPiece<HandOver>(cells, "h")].filter(([piece]) => !ids.has(piece)).map(([, { at }]) => at);
  return open.length === 0 ? undefined : Math.max(...open);
}
