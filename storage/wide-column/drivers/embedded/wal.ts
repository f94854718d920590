import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Disk, DiskFile } from "./disk";

export interface WalOptions {
  readonly dir: string;
  readonly disk: Disk;
  /** The number of the log file that the latest write went to. */
  readonly current: () => Promise<number>;
  /** Told of every fsync and fdatasync, before it begins. */
  readonly onSync: () => void;
}

/**
 * Makes RocksDB's write-ahead log durable, which the binding cannot: after a write it must be synced from here before anyone hears of it.
 * RocksDB starts a new log file when a family's memory is full, so the file to sync is found out anew each time.
 */
export class Wal {
  private constructor(
    private readonly options: WalOptions,
    private number: number,
    private file: DiskFile,
  ) {}

  /** Makes durable what is in the log already, and the name of the log. */
  static async open(options: WalOptions): Promise<Wal> {
    const number = await options.current();
    const wal = new Wal(options, number, await options.disk.open(pathOf(options.dir, number)));
    try {
      await wal.#syncFile(wal.file);
      await wal.#syncNames();
    } catch (error) {
      await wal.close();
      throw error;
    }
    return wal;
  }

  /**
   * Resolves when all that was written before the call is on the disk. The log known so far is synced while RocksDB is asked for its current
   * one: mostly they are the same, and the answer comes first.
   */
  async sync(): Promise<void> {
    const [, current] = await Promise.all([this.#syncFile(this.file), this.options.current()]);
    if (current !== this.number) await this.#rotate(current);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /** The known log has been synced by now. Those begun since follow in their order, then their names. */
  async #rotate(current: number): Promise<void> {
    for (const number of await this.#logsAfter(this.number, current)) {
      const file = await this.#openUnlessGone(number);
      if (file === undefined) continue;
      const old = this.file;
      [this.number, this.file] = [number, file];
      await old.close();
      await this.#syncFile(file);
    }
    await this.#syncNames();
  }

  /** RocksDB removes a log when all that was in it is in its tables, which it syncs itself. */
  #openUnlessGone(number: number): Promise<DiskFile | undefined> {
    return this.options.disk.open(pathOf(this.options.dir, number)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
  }

  async #logsAfter(known: number, current: number): Promise<number[]> {
    const names = await readdir(this.options.dir);
    const numbers = names.filter((name) => /^\d+\.log$/.test(name)).map((name) => Number.parseInt(name, 10));
    return numbers.filter((number) => number > known && number <= current).sort((a, b) => a - b);
  }

  #syncFile(file: DiskFile): Promise<void> {
    this.options.onSync();
    return file.datasync();
  }

  #syncNames(): Promise<void> {
    this.options.onSync();
    return this.options.disk.syncDirectory(this.options.dir);
  }
}

const pathOf = (dir: string, number: number): string => join(dir, `${String(number).padStart(6, "0")}.log`);
