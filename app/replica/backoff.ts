import type { Random } from "@/domain/id";

const FIRST = 500;
const LONGEST = 10_000;

/** Milliseconds before the next try after `tries` failed ones: doubles from 0.5 s to 10 s, half of it left to chance, so that many browsers do not come back at once. */
export function backoff(tries: number, random: Random): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, tries - 1));
  return full / 2 + (full / 2) * ((random(1)[0] ?? 0) / 255);
}
