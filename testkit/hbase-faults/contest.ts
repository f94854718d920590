import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Line } from "./fighter";

/** One of the processes that fight for a mailbox, seen from outside. */
export class Fighter {
  readonly acknowledged: string[] = [];
  readonly errors: Record<string, number> = {};
  readonly #child: ChildProcess;
  #said = "";

  constructor(address: string, name: string, { fenced = true } = {}) {
    const args = ["node_modules/tsx/dist/cli.mjs", "testkit/hbase-faults/fighter.ts", address, name, ...(fenced ? [] : ["unfenced"])];
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.#child.stderr?.on("data", (bytes: Buffer) => {
      this.#said += bytes.toString();
    });
    createInterface({ input: this.#child.stdout! }).on("line", (line) => this.#hear(JSON.parse(line)));
  }

  /** SIGSTOP, SIGCONT or SIGKILL to it and to what tsx started for it. */
  signal(name: NodeJS.Signals): void {
    process.kill(-this.#child.pid!, name);
  }

  /** Returns when it has been told of so many more. */
  async progress(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    while (this.acknowledged.length < goal) {
      if (this.#child.exitCode !== null) throw new Error(`A fighter has ended:\n${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("close", resolve)); // all it said has been heard then
    this.signal("SIGKILL");
    await gone;
  }

  #hear({ acknowledged, error }: Line): void {
    if (acknowledged !== undefined) this.acknowledged.push(acknowledged);
    if (error !== undefined) this.errors[error] = (this.errors[error] ?? 0) + 1;
  }
}
