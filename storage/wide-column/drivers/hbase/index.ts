export { HBaseStore } from "./hbase-store";
export type { HBaseStoreOptions } from "./options";
