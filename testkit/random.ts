import type { Random } from "@/domain/id";

/** Bytes from a seed (mulberry32): the same seed, the same world. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, () => next() & 0xff);
}
