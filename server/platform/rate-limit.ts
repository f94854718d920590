import type { Clock } from "@/domain/id";
import { Lru } from "./lru";

export interface RateLimitOptions {
  /** What may be taken at once after a rest. */
  readonly burst: number;
  readonly perSecond: number;
  readonly clock: Clock;
  /** Keys remembered; those used longest ago start afresh. 10,000 when left out. */
  readonly maxKeys?: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket of tokens for each key, filling steadily. */
export class RateLimit {
  readonly #buckets: Lru<string, Bucket>;

  constructor(private readonly options: RateLimitOptions) {
    this.#buckets = new Lru(options.maxKeys ?? 10_000);
  }

  /** Takes `cost` tokens if there are as many. A refusal costs nothing. `retryAfterMs` is Infinity when the cost is above the burst. */
  take(key: string, cost = 1): { allowed: boolean; retryAfterMs: number } {
    const { burst, perSecond } = this.options;
    const bucket = this.#fill(key);
    const lacking = cost - bucket.tokens;
    if (lacking > 0) return { allowed: false, retryAfterMs: cost > burst ? Number.POSITIVE_INFINITY : Math.ceil((lacking * 1000) / perSecond) };
    bucket.tokens -= cost;
    return { allowed: true, retryAfterMs: 0 };
  }

  #fill(key: string): Bucket {
    const { burst, perSecond, clock } = this.options;
    const now = clock();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const elapsed = Math.max(0, now - bucket.at); // the clock may go back
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsed * perSecond) / 1000);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
