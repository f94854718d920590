import type { DirectoryLock } from "../../../lock";
import type { Disk, DiskFile } from "./disk";

interface Inode {
  bytes: Buffer;
  /** What a power cut leaves for certain. */
  durable: Buffer;
}

type Names = Map<string, Inode>;

export interface SimulatedDiskOptions {
  readonly names?: Names;
  /** Whole numbers below `n`, deciding what a power cut destroys. */
  readonly choose?: (n: number) => number;
}

const SECTOR = 512;

/**
 * A disk in memory, for tests, that forgets what it may forget: after a power cut every sector not synced holds its old or its new
 * contents, and of the changes of names not synced a beginning happened. It can be full, fail, and lose its power at any operation.
 */
export class SimulatedDisk implements Disk {
  /** Room for all files together. */
  capacity = Number.POSITIVE_INFINITY;
  /** Operations that still succeed before the power goes; what comes after never answers. */
  power = Number.POSITIVE_INFINITY;
  /** Gives the errno of an operation that is to fail, and may take its time. */
  fault: (operation: string, path: string) => string | undefined | Promise<string | undefined> = () => undefined;
  operations = 0;
  readonly #names: Names;
  #durableNames: Names;
  #changes: ((names: Names) => void)[] = [];
  readonly #choose: (n: number) => number;

  constructor({ names = new Map(), choose = () => 0 }: SimulatedDiskOptions = {}) {
    this.#names = names;
    this.#durableNames = new Map(names);
    this.#choose = choose;
  }

  /** The disk as it is found when the power is back. */
  afterPowerCut(): SimulatedDisk {
    const names = this.#durableNames;
    for (const change of this.#changes.slice(0, this.#choose(this.#changes.length + 1))) change(names);
    const survived = new Map([...names].map(([path, inode]) => [path, solid(this.#remains(inode))]));
    return new SimulatedDisk({ names: survived, choose: this.#choose });
  }

  bytesOf(path: string): Buffer {
    return this.#inode(path).bytes;
  }

  paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  makeDirectory = async (): Promise<void> => {};
  lock = async (): Promise<DirectoryLock> => ({ release: async () => {} });
  list = async (path: string): Promise<string[]> => [...this.#names.keys()].map((name) => name.slice(path.length + 1));

  open = async (path: string): Promise<DiskFile> => this.#file(path, this.#inode(path));

  create = async (path: string): Promise<DiskFile> => {
    await this.#step("create", path);
    const inode = solid(Buffer.alloc(0));
    this.#change((names) => names.set(path, inode));
    return this.#file(path, inode);
  };

  rename = async (from: string, to: string): Promise<void> => {
    await this.#step("rename", from);
    const inode = this.#inode(from);
    this.#change((names) => names.delete(from) && names.set(to, inode));
  };

  remove = async (path: string): Promise<void> => {
    await this.#step("remove", path);
    this.#change((names) => names.delete(path));
  };

  syncDirectory = async (path: string): Promise<void> => {
    await this.#step("syncDirectory", path);
    this.#durableNames = new Map(this.#names);
    this.#changes = [];
  };

  #file(path: string, inode: Inode): DiskFile {
    let closed = false;
    return {
      size: async () => inode.bytes.length,
      read: async (into, position) => {
        await this.#step("read", path);
        if (closed) throw errno("EBADF");
        return inode.bytes.copy(into, 0, position);
      },
      write: (parts, position) => this.#write(path, inode, Buffer.concat(parts), position),
      sync: async () => {
        await this.#step("sync", path);
        inode.durable = Buffer.from(inode.bytes);
      },
      truncate: async (size) => {
        await this.#step("truncate", path);
        inode.bytes = Buffer.from(inode.bytes.subarray(0, size));
      },
      close: async () => {
        closed = true;
      },
    };
  }

  async #write(path: string, inode: Inode, data: Buffer, position: number): Promise<number> {
    if (this.operations + 1 >= this.power) overwrite(inode, data.subarray(0, this.#choose(data.length + 1)), position);
    await this.#step("write", path);
    const room = Math.max(0, this.capacity - this.#used());
    if (room === 0) throw errno("ENOSPC");
    return overwrite(inode, data.subarray(0, room), position);
  }

  async #step(operation: string, path: string): Promise<void> {
    if (++this.operations >= this.power) await new Promise<never>(() => {});
    const code = await this.fault(operation, path);
    if (code !== undefined) throw errno(code);
  }

  #change(change: (names: Names) => void): void {
    change(this.#names);
    this.#changes.push(change);
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw errno("ENOENT");
    return inode;
  }

  #used = (): number => [...this.#names.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);

  #remains({ bytes, durable }: Inode): Buffer {
    const [least, most] = [Math.min(bytes.length, durable.length), Math.max(bytes.length, durable.length)];
    const left = Buffer.alloc(least + this.#choose(most - least + 1));
    durable.copy(left);
    for (let at = 0; at < Math.min(left.length, bytes.length); at += SECTOR) if (this.#choose(2) === 1) bytes.copy(left, at, at, at + SECTOR);
    return left;
  }
}

const solid = (bytes: Buffer): Inode => ({ bytes, durable: bytes });

function overwrite(inode: Inode, data: Buffer, position: number): number {
  const grown = Buffer.alloc(Math.max(inode.bytes.length, position + data.length));
  inode.bytes.copy(grown);
  data.copy(grown, position);
  inode.bytes = grown;
  return data.length;
}

const errno = (code: string): Error => Object.assign(new Error(`${code}: simulated`), { code });
