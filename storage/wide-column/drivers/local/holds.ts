import type { Bytes } from "../../contract";

/** Whether a condition's expectation (undefined: absent) is met by what the cell holds. */
export const holds = (equals: Bytes | undefined, found: Buffer | undefined): boolean =>
  equals === undefined || found === undefined ? equals === found : found.equals(equals);
