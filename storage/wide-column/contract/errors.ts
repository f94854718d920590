/**
 * What can go wrong, by what the caller may do about it.
 * - `bad-request`: never run; the call itself is wrong.
 * - `overloaded`: not run; wait and try again.
 * - `unavailable`: not run; the store cannot be reached now.
 * - `unknown-outcome`: it may or may not have run. Read back a token written by the same mutation to find out.
 * - `full`: not run; there is no space.
 * - `corrupt`: what is stored is damaged; it is never returned as data.
 * - `locked`: another process has the store open.
 * - `closed`: the store was closed.
 */
export type StoreErrorKind = "bad-request" | "overloaded" | "unavailable" | "unknown-outcome" | "full" | "corrupt" | "locked" | "closed";

export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    readonly kind: StoreErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
