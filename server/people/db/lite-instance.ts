import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Disk, DurableFs } from "./durable-fs";

export interface LiteOptions {
  /** Directory that holds the database; in memory when left out. */
  readonly dir?: string;
  /** Path of a tar with a database to begin with (see writeTemplate). Without such a file one is made from nothing, which takes seconds. */
  readonly template?: string;
  readonly disk?: Disk;
}

/** The database stopped in the middle of its work. Nothing of it was acknowledged; a commit under way may or may not be there later. */
export class DatabaseCrashed extends Error {
  override readonly name = "DatabaseCrashed";
}

/** `-F` turns fsync off, and PGlite starts with it. */
const DURABLE = ["fsync=on", "wal_sync_method=fsync", "full_page_writes=on", "synchronous_commit=on"];
/** A small cache, because what is asked for often is cached above SQL. */
const SMALL = ["shared_buffers=16MB", "max_wal_size=64MB", "min_wal_size=32MB"];
const START = [...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"), ...[...DURABLE, ...SMALL].flatMap((setting) => ["-c", setting])];

/** What is touched of PGlite's module. */
interface Module {
  onAbort?: () => void;
  stackRestore(pointer: number): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
}

/** One run of PGlite, from its start to its end or its crash. */
export class LiteInstance {
  private constructor(
    private readonly pg: PGlite,
    private readonly fs: DurableFs | undefined,
  ) {
    stopAtAbort(pg.Module as unknown as Module, () => new DatabaseCrashed("The database has stopped.", { cause: fs?.failure }));
  }

  static async open({ dir, template, disk }: LiteOptions): Promise<LiteInstance> {
    const from = template === undefined || !existsSync(template) ? {} : { loadDataDir: new Blob([readFileSync(template)]) };
    if (dir === undefined) return new LiteInstance(await PGlite.create({ startParams: START, ...from }), undefined);
    const cluster = join(dir, "cluster");
    if (existsSync(join(cluster, "PG_VERSION"))) return LiteInstance.#openIn(new DurableFs(cluster, disk), {});
    const draft = join(dir, "cluster.new");
    rmSync(draft, { recursive: true, force: true });
    const instance = await LiteInstance.#openIn(new DurableFs(draft, disk, true), from);
    instance.fs?.publish(cluster);
    return instance;
  }

  static async #openIn(fs: DurableFs, from: { loadDataDir?: Blob }): Promise<LiteInstance> {
    try {
      return new LiteInstance(await PGlite.create({ fs, startParams: START, ...from }), fs);
    } catch (error) {
      fs.abandon();
      throw new DatabaseCrashed("The database could not start.", { cause: fs.failure ?? error });
    }
  }

  /** Bytes of WAL since the last `resetWalBytes`. */
  get walBytes(): number {
    return this.fs?.walBytes ?? 0;
  }

  resetWalBytes(): void {
    if (this.fs !== undefined) this.fs.walBytes = 0;
  }

  get isInTransaction(): boolean {
    return this.pg.isInTransaction();
  }

  /** Runs messages of the frontend protocol. What they committed is on the disk when this resolves. Fails with DatabaseCrashed. */
  async send(message: Uint8Array): Promise<Uint8Array[]> {
    const answer: Uint8Array[] = [];
    await this.pg.execProtocolRawStream(message, { onRawData: (bytes) => answer.push(bytes.slice()), syncToFs: false });
    return answer;
  }

  /** A tar of the data directory, to begin another with. */
  async dump(): Promise<Uint8Array> {
    return new Uint8Array(await (await this.pg.dumpDataDir("none")).arrayBuffer());
  }

  /** Lets go of a run that has crashed. It must not be closed: closing would write. */
  abandon(): void {
    this.fs?.abandon();
  }

  async close(): Promise<void> {
    await this.pg.close();
  }
}

/** After a PANIC the module has aborted, but PGlite swallows that and calls it again for the rest of the message, for ever: leave its loop. */
function stopAtAbort(module: Module, crashed: () => DatabaseCrashed): void {
  module.onAbort = () => {
    module.stackRestore = module._PostgresSendReadyForQueryIfNecessary = () => {
      throw crashed();
    };
  };
}
