import type { Clock } from "@/domain/id";
import { Lru } from "../platform/lru";

/** Keys remembered; those used longest ago start afresh. */
const CAPACITY = 50_000;

/**
 * Counts requests for better-auth's rate limit, which has a bucket for each path; here all ways to sign in share one, so that a password
 * cannot be guessed at one door after the other. In memory: a restart forgets, and each server counts for itself.
 */
export class Attempts {
  readonly #windows = new Lru<string, { count: number; readonly until: number }>(CAPACITY);
  constructor(private readonly clock: Clock) {}

  /** `key` is `<address>|<path>`; the window is in seconds and begins with its first request. */
  consume = async (key: string, { window, max }: { window: number; max: number }): Promise<{ allowed: boolean; retryAfter: number | null }> => {
    const bucket = key.replace(/\|\/sign-in\/.*$/, "|/sign-in");
    const now = this.clock();
    const known = this.#windows.get(bucket);
    const current = known !== undefined && now < known.until ? known : { count: 0, until: now + window * 1000 };
    this.#windows.set(bucket, current);
    if (current.count >= max) return { allowed: false, retryAfter: Math.ceil((current.until - now) / 1000) };
    current.count++;
    return { allowed: true, retryAfter: null };
  };
}
