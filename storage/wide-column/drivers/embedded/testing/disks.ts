import { readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { basename, join } from "node:path";
import { type Disk, nodeDisk } from "../disk";

const eio = () => Object.assign(new Error("EIO: i/o error"), { code: "EIO" });

/** Counts what it is asked to sync. */
export class CountingDisk implements Disk {
  syncs = 0;
  freeBytes = Number.MAX_SAFE_INTEGER;

  async open(path: string) {
    const file = await nodeDisk.open(path);
    return { datasync: () => this.sync(() => file.datasync()), close: () => file.close() };
  }

  syncDirectory(path: string): Promise<void> {
    return this.sync(() => nodeDisk.syncDirectory(path));
  }

  async free(): Promise<number> {
    return this.freeBytes;
  }

  protected sync(run: () => Promise<void>): Promise<void> {
    this.syncs++;
    return run();
  }
}

/** Every sync waits until it is let through, or fails. */
export class GatedDisk extends CountingDisk {
  #gate: Promise<void> = Promise.resolve();
  #arrived = () => {};
  broken = false;

  /** Holds syncs up from now on. `arrived` resolves when the first stands waiting. */
  shut(): { open: () => void; arrived: Promise<void> } {
    let open = () => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      this.#arrived = resolve;
    });
    return { open, arrived };
  }

  protected override async sync(run: () => Promise<void>): Promise<void> {
    this.#arrived();
    await this.#gate;
    if (this.broken) throw eio();
    await super.sync(run);
  }
}

/** Remembers what was synced, so that a power cut can take away the rest: bytes of logs, and names of logs nobody synced the directory for. */
export class PowerCutDisk implements Disk {
  readonly #durable = new Map<string, number>();
  #names = new Set<string>();
  #cut = false;

  async open(path: string) {
    const file = await nodeDisk.open(path);
    const datasync = async () => {
      if (this.#cut) throw eio();
      this.#durable.set(path, statSync(path).size);
      await file.datasync();
    };
    return { datasync, close: () => file.close() };
  }

  async syncDirectory(path: string): Promise<void> {
    if (this.#cut) throw eio();
    for (const name of readdirSync(path)) this.#names.add(join(path, name));
  }

  free = nodeDisk.free;

  /** Nothing reaches the disk any more. */
  cut(): void {
    this.#cut = true;
  }

  /** Leaves of the logs in a directory what was synced before the cut. Returns the bytes taken away. */
  lose(dir: string): number {
    const logs = readdirSync(dir).filter((name) => name.endsWith(".log"));
    return logs.map((name) => this.#shorten(join(dir, basename(name)))).reduce((sum, bytes) => sum + bytes, 0);
  }

  #shorten(path: string): number {
    const size = statSync(path).size;
    const kept = this.#names.has(path) ? Math.min(size, this.#durable.get(path) ?? 0) : 0;
    if (this.#names.has(path)) truncateSync(path, kept);
    else rmSync(path);
    return size - kept;
  }
}
