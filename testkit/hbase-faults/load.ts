import { setTimeout as pause } from "node:timers/promises";
import { bytesOf, type WideColumnStore } from "@/storage/wide-column/contract";
import { Recorder } from "./history";
import { RowReader } from "./reader";
import { ChainWriter, OwnerWriter } from "./writer";

/** Regions of the table, and rows in each: every other row is written as a mailbox is, by an owner. */
const REGIONS = 12;
const ROWS_A_REGION = 4;
/** Milliseconds from the beginning of one change (or read) of a row to that of the next, if the store keeps up. */
const CHANGE_EVERY = 250;
const READ_EVERY = 300;
/** After the end the last changes have so long to become known. */
const SETTLE_WITHIN = 180_000;

const letter = (region: number): string => String.fromCharCode("a".charCodeAt(0) + region);
/** First rows of the second region and those after it. */
export const SPLITS = Array.from({ length: REGIONS - 1 }, (_, i) => bytesOf(letter(i + 1)));
export const ROWS = Array.from({ length: REGIONS * ROWS_A_REGION }, (_, i) => `${letter(Math.floor(i / ROWS_A_REGION))}${i % ROWS_A_REGION}`);

/** Callers at work on all rows at a steady rate, one that writes and one that reads each row. */
export class Load {
  readonly recorder = new Recorder();
  #ended = false;
  #hopeless = false;
  readonly #work: Promise<unknown>[];

  constructor(store: WideColumnStore) {
    const { recorder } = this;
    this.#work = ROWS.flatMap((row, i) => {
      const writer = new (i % 2 === 0 ? OwnerWriter : ChainWriter)({ store, recorder, pause, hopeless: () => this.#hopeless }, row);
      const reader = new RowReader(store, recorder, writer);
      const phase = i / ROWS.length;
      return [this.#steadily(phase * CHANGE_EVERY, CHANGE_EVERY, () => writer.next()), this.#steadily(phase * READ_EVERY, READ_EVERY, () => reader.next())];
    });
  }

  /** Begins no more; returns when everything that was begun is known. */
  async end(): Promise<void> {
    this.#ended = true;
    const limit = setTimeout(() => {
      this.#hopeless = true;
    }, SETTLE_WITHIN);
    await Promise.all(this.#work);
    clearTimeout(limit);
  }

  async #steadily(phase: number, every: number, work: () => Promise<unknown>): Promise<void> {
    await pause(phase);
    while (!this.#ended) {
      const began = performance.now();
      await work();
      await pause(Math.max(0, every - (performance.now() - began)));
    }
  }
}
