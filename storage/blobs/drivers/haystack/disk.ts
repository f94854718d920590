import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type DirectoryLock, lockDirectory } from "../../../lock";

/** What the store asks of a disk. Injected, so that tests can fill it, break it and cut its power. Failures carry errno's `code`. */
export interface Disk {
  /** Makes the directory and its parents, durably. */
  makeDirectory(path: string): Promise<void>;
  /** Fails with LockedError. */
  lock(path: string): Promise<DirectoryLock>;
  list(path: string): Promise<string[]>;
  open(path: string): Promise<DiskFile>;
  /** Makes an empty file; fails with EEXIST if there is one. */
  create(path: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes the names in the directory durable. */
  syncDirectory(path: string): Promise<void>;
}

export interface DiskFile {
  size(): Promise<number>;
  /** Bytes read; fewer than asked for at the end of the file only. */
  read(into: Buffer, position: number): Promise<number>;
  /** Bytes written, perhaps fewer than given. */
  write(parts: readonly Uint8Array[], position: number): Promise<number>;
  /** Makes the contents and the size durable (fdatasync). */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export const nodeDisk: Disk = {
  async makeDirectory(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) await nodeDisk.syncDirectory(dirname(made));
  },
  lock: lockDirectory,
  list: (path) => readdir(path),
  open: (path) => openFile(path, "r+"),
  create: (path) => openFile(path, "wx+"),
  rename,
  remove: (path) => rm(path),
  async syncDirectory(path) {
    const handle = await open(path, "r");
    await handle.sync().finally(() => handle.close());
  },
};

async function openFile(path: string, flags: string): Promise<DiskFile> {
  const handle = await open(path, flags);
  return {
    size: async () => (await handle.stat()).size,
    read: async (into, position) => {
      let done = 0;
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    },
    write: async (parts, position) => (await handle.writev(parts, position)).bytesWritten,
    sync: () => handle.datasync(),
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}

/** The same disk, telling of every fsync and fdatasync. */
export function watchSyncs(disk: Disk, synced: () => void): Disk {
  const watched = async (opening: Promise<DiskFile>): Promise<DiskFile> => {
    const file = await opening;
    return { ...file, sync: () => told(() => file.sync()) };
  };
  const told = (sync: () => Promise<void>): Promise<void> => {
    synced();
    return sync();
  };
  return {
    ...disk,
    open: (path) => watched(disk.open(path)),
    create: (path) => watched(disk.create(path)),
    syncDirectory: (path) => told(() => disk.syncDirectory(path)),
  };
}
