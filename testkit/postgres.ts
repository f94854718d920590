import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const VERSIONS = "/usr/lib/postgresql";

/** Where this machine has the programs of a PostgreSQL server, if it does. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(VERSIONS, version, "bin")).find((bin) => existsSync(join(bin, "postgres")) && existsSync(join(bin, "initdb")));
}

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server of its own on a free port. It refuses to run as root, so it runs as nobody then. */
export async function startPostgres(bin: string): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), "braid-postgres-"));
  const as = process.getuid?.() === 0 ? nobody() : undefined;
  if (as !== undefined) chownSync(dir, as.uid, as.gid);
  await promisify(execFile)(join(bin, "initdb"), ["-D", join(dir, "data"), "-U", "braid", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"], as);
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${dir}`, "fsync=off"].flatMap((setting) => ["-c", setting]);
  const server = spawn(join(bin, "postgres"), ["-D", join(dir, "data"), ...settings], { ...as, stdio: ["ignore", "ignore", "pipe"] });
  await ready(server.stderr);
  const stop = async () => {
    server.kill("SIGINT"); // fast shutdown
    await once(server, "exit");
    rmSync(dir, { recursive: true });
  };
  return { url: `postgres://braid@127.0.0.1:${port}/postgres`, stop };
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Its log is read on afterwards: a server that cannot write one stops. */
function ready(log: NodeJS.ReadableStream): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    log.on("data", (text) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    log.once("end", () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
  });
}
