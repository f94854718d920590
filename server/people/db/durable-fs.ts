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
  FS: { streams: readonly (Partial<Stream> | null | undefined)[] };
}
type InitOptions = Parameters<NodeFS["init"]>[1];

const WAL = `${PGlite.paths.PGDATA}/pg_wal/`;
const isWal = (path: string): boolean => path.startsWith(WAL);

/**
 * A directory of PostgreSQL where fsync means fsync. Emscripten's own file system over Node lacks the call: it does nothing and reports
 * success. With it in place PostgreSQL keeps its own rules (WAL before the commit's answer, WAL before data pages, data pages before the
 * checkpoint that forgets WAL, directories after renames) and stops when the disk refuses. See docs/adr/0003-pglite-power-safe.md.
 */
export class DurableFs extends NodeFS {
  /** Bytes written to the WAL since somebody last set it to zero. */
  walBytes = 0;
  /** The last refusal of the disk. */
  failure: NodeJS.ErrnoException | undefined;

  constructor(
    root: string,
    private readonly disk: Disk,
  ) {
    super(root);
  }

  override async init(pg: PGlite, options: InitOptions): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    emscriptenOpts.preRun?.unshift((module) => this.#install(module as unknown as Module));
    return { emscriptenOpts };
  }

  #install({ NODEFS }: Module): void {
    NODEFS.stream_ops.fsync = ({ path, nfd }) => {
      NODEFS.tryFSOperation(() => this.#noting(() => (isWal(path) ? this.disk.dataSync(nfd) : this.disk.sync(nfd))));
    };
    NODEFS.stream_ops.write = ({ path, nfd }, buffer, offset, length, position) => {
      if (isWal(path)) this.walBytes += length;
      return NODEFS.tryFSOperation(() => this.#noting(() => this.disk.write(nfd, buffer, offset, length, position)));
    };
  }

  #noting<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      this.failure = error as NodeJS.ErrnoException;
      throw error;
    }
  }

  /** Closes the files of a database that will not run again. */
  abandon(): void {
    const module = this.pg?.Module as unknown as Module | undefined;
    for (const stream of module?.FS.streams ?? []) if (stream?.nfd) closeSync(stream.nfd);
  }
}

/** Gives a directory its real name once all of it is on the disk: after a crash it is there whole, or not at all. */
export function publishDirectory(draft: string, path: string, disk: Disk): void {
  syncTree(draft, disk);
  renameSync(draft, path);
  syncPath(dirname(path), disk);
}

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
