import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Disk, DurableFs, nodeDisk, publishDirectory } from "./durable-fs";

export interface LiteOptions {
  /** Directory that holds the database. */
  readonly dir: string;
  /** A directory that a new database is copied from (see writeTemplate). Where there is none it is made from nothing, which takes seconds. */
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
const SMALL = ["shared_buffers=16MB", "max_wal_size=64MB", "min_wal_size=16MB"];
const START = [...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"), ...[...DURABLE, ...SMALL].flatMap((setting) => ["-c", setting])];
/** Megabytes. WAL comes in files of one size, the first of which every database has. */
const INITDB = ["--wal-segsize=4"];

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
    private readonly fs: DurableFs,
  ) {
    stopAtAbort(pg.Module as unknown as Module, () => new DatabaseCrashed("The database has stopped.", { cause: fs.failure }));
  }

  /** Opens the database in a directory, and makes one where there is none. Fails with DatabaseCrashed when the disk refuses. */
  static async open({ dir, template, disk = nodeDisk }: LiteOptions): Promise<LiteInstance> {
    const cluster = join(dir, "cluster");
    if (!isCluster(cluster)) await create(cluster, template, disk);
    return LiteInstance.#start(cluster, disk);
  }

  static async #start(cluster: string, disk: Disk): Promise<LiteInstance> {
    const fs = new DurableFs(cluster, disk);
    try {
      return new LiteInstance(await PGlite.create({ fs, startParams: START, initDbStartParams: INITDB }), fs);
    } catch (error) {
      fs.abandon();
      throw new DatabaseCrashed("The database could not start.", { cause: fs.failure ?? error });
    }
  }

  /** Makes a database from nothing. It is not safe against a power cut: nobody relies on it yet. */
  static async initialise(path: string, disk: Disk): Promise<void> {
    const careless: Disk = { ...disk, write: disk.write, sync: () => undefined, dataSync: () => undefined };
    await (await LiteInstance.#start(path, careless)).close();
  }

  /** Bytes of WAL since the last `resetWalBytes`. */
  get walBytes(): number {
    return this.fs.walBytes;
  }

  resetWalBytes(): void {
    this.fs.walBytes = 0;
  }

  /** Runs messages of the frontend protocol. What they committed is on the disk when this resolves. Fails with DatabaseCrashed. */
  async send(message: Uint8Array): Promise<Uint8Array[]> {
    const answer: Uint8Array[] = [];
    await this.pg.execProtocolRawStream(message, { onRawData: (bytes) => answer.push(bytes.slice()), syncToFs: false });
    return answer;
  }

  /** Lets go of a run that has crashed. It must not be closed: closing would write. */
  abandon(): void {
    this.fs.abandon();
  }

  async close(): Promise<void> {
    await this.pg.close();
  }
}

const isCluster = (path: string): boolean => existsSync(join(path, "PG_VERSION"));

async function create(cluster: string, template: string | undefined, disk: Disk): Promise<void> {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  if (template !== undefined && isCluster(template)) cpSync(template, draft, { recursive: true });
  else await LiteInstance.initialise(draft, disk);
  try {
    publishDirectory(draft, cluster, disk);
  } catch (error) {
    throw new DatabaseCrashed("The database could not be made.", { cause: error });
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
