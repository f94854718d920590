import { open, statfs } from "node:fs/promises";

export interface DiskFile {
  /** fdatasync: resolves when the bytes written to the file are on the disk. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** What the store asks of the operating system itself, beside what RocksDB does. Tests put a failing or a recording one in its place. */
export interface Disk {
  open(path: string): Promise<DiskFile>;
  /** fsync of a directory: resolves when the names in it are on the disk. */
  syncDirectory(path: string): Promise<void>;
  /** Bytes that may still be written there. */
  free(path: string): Promise<number>;
}

export const nodeDisk: Disk = {
  open: (path) => open(path, "r+"),
  async syncDirectory(path) {
    // NTFS keeps its own journal of names, and does not let a directory be opened.
    if (process.platform === "win32") return;
    const directory = await open(path, "r");
    await directory.sync().finally(() => directory.close());
  },
  async free(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
};
