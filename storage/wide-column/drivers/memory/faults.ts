import { type RowMutation, StoreError } from "../../contract";

/** What befalls a call that changes rows: the two unknown outcomes look the same to the caller, and only one has run. */
export type Fault = "unavailable" | "full" | "unknown-applied" | "unknown-not-applied";

export interface Faults {
  /** Asked once for every call that changes rows, in the order of the calls; undefined lets it pass. */
  next(table: string, rows: readonly RowMutation[]): Fault | undefined;
}

/** Faults planned by hand: each befalls one call, in the order added. */
export class FaultPlan implements Faults {
  readonly #planned: Fault[] = [];

  add(...faults: readonly Fault[]): void {
    this.#planned.push(...faults);
  }

  next(): Fault | undefined {
    return this.#planned.shift();
  }
}

/** Throws what the caller is to see, before the change or after it. */
export function strike(fault: Fault | undefined, when: "before" | "after"): void {
  if (fault === undefined || (fault === "unknown-applied") !== (when === "after")) return;
  throw new StoreError(kindOf(fault), `Planned fault: ${fault}.`);
}

const kindOf = (fault: Fault) => (fault === "unavailable" || fault === "full" ? fault : "unknown-outcome");
