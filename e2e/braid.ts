import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Braid {
  readonly url: string;
  readonly port: number;
  readonly smtpPort: number;
  readonly dir: string;
  /** Everything it has printed so far. */
  output(): string;
  /** Ends it at once, as a power cut of the process would, or politely. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface BraidOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The data of an earlier run to go on with. */
  readonly dir?: string;
  /** 0: Braid takes one and says which. */
  readonly port?: number;
  readonly smtpPort?: number;
}

/** Starts the built Braid as `npm start` does, on free ports and a data directory of its own, and waits until it serves. */
export async function startBraid({ env = {}, ...given }: BraidOptions = {}): Promise<Braid> {
  const dir = given.dir ?? mkdtempSync(path.join(tmpdir(), "braid-e2e-"));
  const [wanted, smtpPort] = [given.port ?? (await freePort()), given.smtpPort ?? (await freePort())];
  const { child, ended, output } = spawnBraid({
    ...(wanted === 0 && { LOG_LEVEL: "info" }),
    ...env,
    PORT: String(wanted),
    SMTP_PORT: String(smtpPort),
    BRAID_DATA: dir,
    ...(process.env.BRAID_STORE && { BRAID_STORE: `${process.env.BRAID_STORE}?namespace=${namespaceOf(dir)}` }),
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    await ended;
    if (given.dir === undefined && signal !== "SIGKILL") rmSync(dir, { recursive: true, force: true });
  };
  const early = ended.then(() => Promise.reject(new Error(`Braid ended before it served:\n${output()}`)));
  const port = wanted === 0 ? await Promise.race([toldPort(output), early]) : wanted;
  const url = `http://localhost:${port}`;
  await Promise.race([answering(`${url}/healthz`), early]);
  return { url, port, smtpPort, dir, output, stop };
}

/** Starts one that is expected to give up by itself; answers how it ended and what it said. */
export async function failBraid(env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly output: string }> {
  const { ended, output } = spawnBraid(env);
  return { code: await ended, output: output() };
}

/** On a cluster that is shared, the place of the messages that belong to a data directory. */
export const namespaceOf = (dir: string): string => path.basename(dir).replaceAll(/[^A-Za-z0-9]/g, "_");

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

/** It ends with the process that started it, however that ends. */
function spawnBraid(env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, ["--require", "./scripts/threads.cjs", "--enable-source-maps", "dist/main.js"], {
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const ended = new Promise<number | null>((resolve) =>
    child.once("close", (code) => {
      process.off("exit", end);
      resolve(code);
    }),
  );
  return { child, ended, output: () => output };
}

const answering = (url: string): Promise<unknown> =>
  until(`${url} answers`, () =>
    fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ),
  );

const toldPort = async (output: () => string): Promise<number> =>
  Number(await until("Braid says its port", () => /ready at http:\/\/localhost:(\d+)/.exec(output())?.[1]));

async function until<T>(what: string, look: () => T | Promise<T>): Promise<T> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not within a minute: ${what}.`);
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
