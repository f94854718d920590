import type { Region } from "../locator/region";

/** Milliseconds without any answer from a region that was asked, after which it counts as slow. */
const SLOW = 20;

/** Which regions let their callers wait. */
export class SlowRegions {
  private readonly asking = new Map<Region, { count: number; since: number }>();

  constructor(private readonly now: () => number) {}

  has(region: Region): boolean {
    const state = this.asking.get(region);
    return state !== undefined && this.now() - state.since > SLOW;
  }

  asked(region: Region): void {
    const state = this.asking.get(region);
    if (state) state.count++;
    else this.asking.set(region, { count: 1, since: this.now() });
  }

  answered(region: Region): void {
    const state = this.asking.get(region);
    if (!state) return;
    state.since = this.now();
    if (--state.count === 0) this.asking.delete(region);
  }
}
