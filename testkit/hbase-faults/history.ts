import { StoreError } from "@/storage/wide-column/contract";
import type { State } from "./row-model";

/** Milliseconds from the beginning of the history. */
type Moment = number;

/**
 * One try to make change `seq` of a row. Its token is its own: a later try of the same change has another. `refused` means that its condition
 * did not hold, `failed` that it certainly did not run; an unknown outcome is found out later, and then `resolved` says what became of it.
 */
export interface Attempt {
  readonly row: string;
  readonly seq: number;
  readonly token: string;
  readonly invoked: Moment;
  readonly ended: Moment;
  readonly outcome: "acknowledged" | "refused" | "failed" | "unknown";
  readonly error?: string;
  resolved?: "applied" | "not applied";
  /** When the answer was known to the caller: `ended`, or later if it had to be found out. */
  known?: Moment;
}

export interface Reading {
  readonly row: string;
  readonly invoked: Moment;
  readonly ended: Moment;
  readonly state?: State;
  readonly error?: string;
}

/** A stretch in which somebody waited for one thing: a change until it was acknowledged, a read until it was answered, tries included. */
export interface Wait {
  readonly row: string;
  readonly what: "change" | "read";
  readonly from: Moment;
  readonly to: Moment;
}

/** Everything that callers did and were told. */
export interface History {
  readonly attempts: readonly Attempt[];
  readonly readings: readonly Reading[];
  readonly waits: readonly Wait[];
}

export class Recorder implements History {
  readonly attempts: Attempt[] = [];
  readonly readings: Reading[] = [];
  readonly waits: Wait[] = [];
  readonly #began = performance.now();

  now(): Moment {
    return performance.now() - this.#began;
  }
}

/** Whether it took effect; undefined when nobody found out. */
export function tookEffect({ outcome, resolved }: Attempt): boolean | undefined {
  if (outcome === "acknowledged") return true;
  if (outcome !== "unknown") return false;
  return resolved === undefined ? undefined : resolved === "applied";
}

/** The kind of a failure as the contract sorts it, and what HBase called it. */
export function nameOf(error: unknown): string {
  if (!(error instanceof StoreError)) return String(error);
  const cause = error.cause instanceof Error && "type" in error.cause ? ` (${String(error.cause.type)})` : "";
  return `${error.kind}${cause}`;
}

export const isUnknown = (error: unknown): boolean => error instanceof StoreError && error.kind === "unknown-outcome";
