export { type Disk, type DiskFile, nodeDisk } from "./disk";
export { EmbeddedStore } from "./embedded-store";
export type { EmbeddedStoreOptions } from "./options";
