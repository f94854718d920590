export { bytesOf, textOf } from "./bytes";
export { checkSchema, MAX_CELL, MAX_CELLS, MAX_ROW_KEY, MAX_ROWS, MAX_SLICE, sizeOf } from "./checks";
export { StoreError, type StoreErrorKind } from "./errors";
export type { Selection } from "./selection";
export { WideColumnStore } from "./store";
export type * from "./types";
