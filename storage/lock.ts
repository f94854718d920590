import { randomBytes } from "node:crypto";
import { link, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface DirectoryLock {
  release(): Promise<void>;
}

/** Another process (or another part of this one) has the directory. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly code = "ELOCKED";
}

const NUMBERED = /^lock\.(\d{1,15})$/;
const STARTING = /^lock-starting-/;
const startingName = () => `lock-starting-${randomBytes(8).toString("hex")}`;

/** Room for a socket's path in sun_path with its final zero: 108 bytes on Linux, 104 elsewhere. A directory's path has no such limit. */
const MAX_SOCKET_PATH = 104;

/**
 * Lets one process at a time have a directory, which is made if need be. The lock is a listening unix socket inside the directory, so it
 * dies with its process, whatever kills it, and it is seen from every container that mounts the directory. Fails with LockedError.
 *
 * A starter listens under a name of its own and then links it to `lock.<highest + 1>`, which only one can do. The highest name is never
 * removed, not even by its holder: else a starter that read the directory long ago could still link a name and believe it was alone.
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  const path = resolve(dir);
  await mkdir(path, { recursive: true });
  if (Buffer.byteLength(join(path, startingName())) < MAX_SOCKET_PATH) return acquire(path, path);
  const short = await mkdtemp(join(tmpdir(), "braid-"));
  try {
    const way = join(short, "d");
    await symlink(path, way);
    return await acquire(path, way);
  } finally {
    await rm(short, { recursive: true });
  }
}

async function acquire(dir: string, way: string): Promise<DirectoryLock> {
  const starting = startingName();
  const server = await listen(join(way, starting));
  try {
    const number = await claim(dir, way, starting);
    await tidy(dir, way, number);
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await rm(join(dir, starting), { force: true });
  }
  return { release: () => close(server) };
}

async function claim(dir: string, way: string, starting: string): Promise<number> {
  for (;;) {
    const last = await highest(dir);
    if (last > 0 && (await isAlive(join(way, `lock.${last}`)))) throw locked(dir);
    const number = last + 1;
    if (!(await linked(dir, starting, number))) continue; // someone was quicker
    if ((await highest(dir)) === number) return number;
    await rm(join(dir, `lock.${number}`)); // others came and went since we looked: the number is of the past
  }
}

async function linked(dir: string, starting: string, number: number): Promise<boolean> {
  try {
    await link(join(dir, starting), join(dir, `lock.${number}`));
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") throw locked(dir); // only a holder tidies
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  }
}

async function highest(dir: string): Promise<number> {
  return Math.max(0, ...(await readdir(dir)).map((name) => Number(NUMBERED.exec(name)?.[1] ?? 0)));
}

/** Removes what dead processes left. Called by the holder only. */
async function tidy(dir: string, way: string, held: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const number = Number(NUMBERED.exec(name)?.[1] ?? held);
    if (number < held || (STARTING.test(name) && !(await isAlive(join(way, name))))) await rm(join(dir, name), { force: true });
  }
}

/** A refused connection is proof of death. Anything else (a full backlog, a stopped process) counts as alive. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(path, () => socket.destroy());
    socket.once("error", (error) => answer(codeOf(error) !== "ECONNREFUSED" && codeOf(error) !== "ENOENT"));
    socket.once("close", () => answer(true));
  });
}

function listen(path: string): Promise<Server> {
  return new Promise((listening, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", failed);
    server.listen(path, () => listening(server.unref()));
  });
}

const close = (server: Server): Promise<void> => new Promise((closed) => server.close(() => closed()));

const locked = (dir: string) => new LockedError(`${dir} is in use by another process.`);

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
