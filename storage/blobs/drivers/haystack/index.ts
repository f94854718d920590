export type { Disk, DiskFile } from "./disk";
export { type HaystackOptions, HaystackStore } from "./store";
export type { VolumeUsage } from "./volumes";
