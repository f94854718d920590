import type { StoreStats } from "../../contract";

/** Syncs whose duration is remembered: at some thousand a second, the last fraction of a second or so. */
const REMEMBERED = 512;

/** What the store counts of itself. */
export class Tally {
  mutations = 0;
  commits = 0;
  syncs = 0;
  reads = 0;
  readonly #milliseconds: number[] = [];
  #next = 0;

  synced(milliseconds: number): void {
    this.#milliseconds[this.#next] = milliseconds;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  stats(waiting: number): StoreStats {
    const { mutations, commits, syncs, reads } = this;
    const sorted = [...this.#milliseconds].sort((a, b) => a - b);
    const percentile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { driver: "embedded", mutations, commits, syncs, reads, syncMs: { p50: percentile(0.5), p99: percentile(0.99) }, waiting };
  }
}
