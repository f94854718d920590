import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { kannelPrograms, type Program } from "./build";
import { KannelError } from "./error";

export interface BoxOptions {
  readonly program: Program;
  /** Where its settings and its log go. */
  readonly dir: string;
  readonly settings: string;
  /** What its log says when it serves. */
  readonly serves: RegExp;
}

const WITHIN = 20_000;

/** One of Kannel's programs, with a settings file of its own. It ends with this process, however that ends. */
export class Box {
  #child?: ChildProcess;

  constructor(private readonly options: BoxOptions) {}

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const { program, dir, settings, serves } = this.options;
    const conf = join(dir, `${program}.conf`);
    writeFileSync(conf, settings);
    const child = spawn(
      join(
        kannelPrograms(() => {}),
        program,
      ),
      ["-v", "0", conf],
      { cwd: dir, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#child = child;
    const log = createWriteStream(this.log, { flags: "a" });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => {
        log.write(bytes);
        if (!serves.test(said)) said += bytes.toString("latin1");
      });
    endWithUs(child);
    await until(`${program} serves`, () => serves.test(said) || child.exitCode !== null);
    if (child.exitCode !== null) throw new KannelError("failed", `${program} ended at once:\n${linesOf(said).join("\n")}`);
  }

  get log(): string {
    return join(this.options.dir, `${this.options.program}.log`);
  }

  /** `SIGKILL` as the machine's death would. Resolves when it is gone. */
  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  }
}

/** What it complained of, without the addresses of its stack. */
const linesOf = (log: string): string[] =>
  log
    .split("\n")
    .filter((line) => /ERROR|PANIC: [^/]/.test(line))
    .slice(-5);

export function endWithUs(child: ChildProcess): void {
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

export async function until(what: string, holds: () => unknown, within = WITHIN): Promise<void> {
  for (const end = performance.now() + within; !(await holds()); await pause(25))
    if (performance.now() > end) throw new Error(`Not within ${within / 1000} s: ${what}.`);
}

export interface Logged {
  readonly what: string;
  /** Kannel's own id of the message. */
  readonly id: string;
  readonly text: string;
}

/** For `access-log-format`: what happened, Kannel's id, and the text. */
export const ACCESS_FORMAT = "%l|%I|%b";

/** bearerbox's log of messages, of those of which it wrote whole lines. Each line begins with the time. */
export function accessLog(path: string): Logged[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const [, what, id, text] = /^\S+ \S+ ([^|]+)\|([^|]*)\|(.*)$/.exec(line) ?? [];
    return what === undefined || id === undefined || text === undefined ? [] : [{ what, id, text }];
  });
}
