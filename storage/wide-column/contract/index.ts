export { MAX_CELL, MAX_CELLS, MAX_ROW_KEY, MAX_SLICE } from "./checks";
export { StoreError, type StoreErrorKind } from "./errors";
export { WideColumnStore } from "./store";
export type * from "./types";
