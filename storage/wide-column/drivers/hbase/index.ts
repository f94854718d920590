export { type HBaseAddress, parseAddress } from "./address";
export { HBaseStore } from "./hbase-store";
export type { HBaseStoreOptions } from "./options";
