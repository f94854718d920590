import { StoreError } from "../../contract";
import type { Timestamps } from "../local/timestamps";
import { newestNote } from "./catalogue";
import type { Engine, Write } from "./engine";
import { failureOf } from "./failures";
import { type Outcome, plan } from "./plan";
import type { RowChange } from "./row-change";
import type { Space } from "./space";
import type { Tally } from "./tally";
import type { View } from "./view";
import type { Wal } from "./wal";

export interface CommitterParts {
  readonly engine: Engine;
  readonly wal: Wal;
  readonly timestamps: Timestamps;
  readonly space: Space;
  readonly tally: Tally;
  readonly onFatal: (error: StoreError) => void;
  readonly stopwatch: () => number;
}

/**
 * Carries out one commit at a time: decide, write, sync, and only then let readers see it. So nobody, not even a reader, ever hears of a change
 * that a power cut could take back.
 */
export class Committer {
  #view: View;
  #failed = false;

  constructor(private readonly parts: CommitterParts) {
    this.#view = parts.engine.view();
  }

  /** The store as of the last commit, held for the caller, who must release it. */
  view(): View {
    return this.#view.hold();
  }

  /** Fails with `unavailable` once a sync has failed. */
  check(): void {
    if (this.#failed) throw new StoreError("unavailable", "The disk failed. The store takes no more changes until it is opened again.");
  }

  async commit(calls: readonly (readonly RowChange[])[]): Promise<readonly Outcome[]> {
    this.check();
    const { tally, timestamps } = this.parts;
    const { writes, outcomes, applied } = await plan(calls, this.#view, timestamps);
    if (applied === 0) return outcomes;
    await this.#write([...writes, newestNote(timestamps.newest)]);
    await this.#sync();
    this.#publish();
    tally.commits++;
    tally.mutations += applied;
    return outcomes;
  }

  close(): void {
    this.#view.release();
  }

  /**
   * RocksDB writes a batch to its log first and to memory only then, so without space in the log it has not happened. Nor has it when RocksDB,
   * moving tables about in the background, came upon damage: then it refuses every write until it is opened again, and reads go on.
   */
  async #write(writes: readonly Write[]): Promise<void> {
    await this.parts.space.claim(writes.reduce((sum, write) => sum + write.key.length + (write.kind === "put" ? write.value.length : 0), 0));
    try {
      await this.parts.engine.write(writes);
    } catch (error) {
      const failure = failureOf(error);
      throw failure.kind === "full" || failure.kind === "corrupt" ? failure : this.#fail(error);
    }
  }

  async #sync(): Promise<void> {
    const { stopwatch, tally, wal } = this.parts;
    const start = stopwatch();
    try {
      await wal.sync();
    } catch (error) {
      throw this.#fail(error);
    }
    tally.synced(stopwatch() - start);
  }

  #publish(): void {
    const old = this.#view;
    this.#view = this.parts.engine.view();
    old.release();
  }

  #fail(cause: unknown): StoreError {
    const failure = new StoreError("unknown-outcome", "The disk failed: the change may or may not have been kept.", { cause });
    this.#failed = true;
    this.parts.onFatal(failure);
    return failure;
  }
}
