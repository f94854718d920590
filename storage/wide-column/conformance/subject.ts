import type { TableSchema, WideColumnStore } from "../contract";

/** A driver under test. */
export interface Subject {
  readonly store: WideColumnStore;
  /** Makes the answer to the next change get lost, after it was carried out or instead. Missing where a driver cannot. */
  readonly loseAnswer?: (carriedOut: boolean) => void;
  /** Moves the row's region to another server, or cuts its region in two at the row. Resolves when it is done. Missing where there is but one region. */
  readonly moveRegion?: (row: Buffer) => Promise<void>;
  readonly splitRegion?: (row: Buffer) => Promise<void>;
  /** Closes the store and removes what it kept. */
  dispose(): Promise<void>;
}

interface SubjectOptions {
  readonly schemas: readonly TableSchema[];
  readonly clock: () => number;
}

/** Opens a store with empty tables of these schemas. Called a few times for the whole suite: tests use rows of their own. */
export type SubjectFactory = (options: SubjectOptions) => Promise<Subject>;

/** `head` is in both tables, so that families are seen not to mix; `rare` holds something in few rows, and may be kept the other way round. */
export const TABLE = "mailbox";
export const OTHER_TABLE = "other";
export const SCHEMAS: readonly TableSchema[] = [
  { name: TABLE, families: ["head", "log", "rare"], newestFirst: ["rare"] },
  { name: OTHER_TABLE, families: ["head", "only"] },
];

/** Stands still unless a test moves it, so that all happens in the same millisecond: the worst case for timestamps. */
export class StoppedClock {
  now = 1_900_000_000_000;
  readonly read = (): number => this.now;
}

/** What the tests of a part are given: the store is there when the tests run, not yet when they are declared. */
export interface Given {
  store(): WideColumnStore;
  subject(): Subject;
  readonly clock: StoppedClock;
  readonly factory: SubjectFactory;
}
