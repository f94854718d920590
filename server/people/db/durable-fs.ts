import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The calls through which the database reaches the disk, so that a test can make one fail. */
export interface Disk {
  write(fd: number, buffer: Uint8Array, offset: number, length: number, position: number | undefined): number;
  sync(fd: number): void;
  dataSync(fd: number): void;
}
export const nodeDisk: Disk = {
  write: (fd, buffer, offset, length, position) => writeSync(fd, buffer, offset, length, position ?? null),
  sync: fsyncSync,
  dataSync: fdatasyncSync,
};

/** The part of an Emscripten module that is used here; its own types stop short of it. */
interface Stream {
  readonly path: string;
  readonly nfd: number;
}
interface Module {
  NODEFS: {
    /** Runs a call of Node and turns its failure into an errno that PostgreSQL understands. */
    tryFSOperation<T>(call: () => T): T;
    stream_ops: {
      write(stream: Stream, buffer: Uint8Array, offset: number, length: number, position?: number): number;
      fsync?(stream: Stream): void;
    };
  };
  FS: {
    streams: readonly (Partial<Stream> | null | undefined)[];
    lookupPath(path: string): { node: { mount: { opts: { root: string } } } };
  };
}
type InitOptions = Parameters<NodeFS["init"]>[1];

const { PGDATA } = PGlite.paths;
const WAL = `${PGDATA}/pg_wal/`;

/**
 * A directory of PostgreSQL on the disk where fsync means fsync. Emscripten's own file system over Node lacks the call: it does nothing
 * and reports success. With it in place PostgreSQL keeps its own rules (WAL before the commit's answer, WAL before data pages, data
 * pages before the checkpoint that forgets WAL, directories after renames) and stops when the disk refuses. See docs/adr/0003.
 */
export class DurableFs extends NodeFS {
  /** Bytes written to the WAL since somebody last set it to zero. */
  walBytes = 0;
  /** The last refusal of the disk. */
  failure: NodeJS.ErrnoException | undefined;

  /** `isDraft`: nobody relies on the directory before it is published, so nothing need be synced until then. */
  constructor(
    root: string,
    private readonly disk: Disk = nodeDisk,
    private isDraft = false,
  ) {
    super(root);
  }

  override async init(pg: PGlite, options: InitOptions): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    emscriptenOpts.preRun?.unshift((module) => this.#install(module as unknown as Module));
    return { emscriptenOpts };
  }

  #install({ NODEFS }: Module): void {
    NODEFS.stream_ops.fsync = ({ path, nfd }) => NODEFS.tryFSOperation(() => this.#noting(() => this.#sync(path, nfd)));
    NODEFS.stream_ops.write = ({ path, nfd }, buffer, offset, length, position) => {
      if (isWal(path)) this.walBytes += length;
      return NODEFS.tryFSOperation(() => this.#noting(() => this.disk.write(nfd, buffer, offset, length, position)));
    };
  }

  #sync(path: string, fd: number): void {
    if (this.isDraft) return;
    if (isWal(path)) this.disk.dataSync(fd);
    else this.disk.sync(fd);
  }

  #noting<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      this.failure = error as NodeJS.ErrnoException;
      throw error;
    }
  }

  /** Makes a directory that was filled under another name the real one, whole or not at all. */
  publish(path: string): void {
    syncTree(this.rootDir, this.disk);
    renameSync(this.rootDir, path);
    syncPath(dirname(path), this.disk);
    this.isDraft = false;
    this.rootDir = path;
    this.#module.FS.lookupPath(PGDATA).node.mount.opts.root = path;
  }

  /** Lets go of the files of a database that will not run again. */
  abandon(): void {
    for (const stream of this.#module.FS.streams) if (stream?.nfd) closeSync(stream.nfd);
  }

  get #module(): Module {
    return this.pg?.Module as unknown as Module;
  }
}

const isWal = (path: string): boolean => path.startsWith(WAL);

function syncTree(path: string, disk: Disk): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) syncTree(inner, disk);
    else if (entry.isFile()) syncPath(inner, disk);
  }
  syncPath(path, disk);
}

function syncPath(path: string, disk: Disk): void {
  const fd = openSync(path, "r");
  try {
    disk.sync(fd);
  } finally {
    closeSync(fd);
  }
}
