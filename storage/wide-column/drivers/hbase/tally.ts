import type { StoreStats } from "../../contract";

/** Answers whose duration is remembered. */
const REMEMBERED = 512;

/**
 * What the store counts of itself. How the servers share their syncs is not visible from here: every acknowledged row change asked its server for a sync of its
 * own and is counted as one commit and one sync; their milliseconds are those of the whole call.
 */
export class Tally {
  mutations = 0;
  reads = 0;
  waiting = 0;
  readonly #milliseconds: number[] = [];
  #next = 0;

  changed(milliseconds: number): void {
    this.mutations++;
    this.#milliseconds[this.#next] = milliseconds;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  stats(): StoreStats {
    const { mutations, reads, waiting } = this;
    const sorted = [...this.#milliseconds].sort((a, b) => a - b);
    const percentile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { driver: "hbase", mutations, commits: mutations, syncs: mutations, reads, syncMs: { p50: percentile(0.5), p99: percentile(0.99) }, waiting };
  }
}
