import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";

/** A client of the benchmark: a process that answers each line with a line of JSON. Its first line says that it is ready. */
export class Program {
  readonly #lines: AsyncIterator<string>;

  private constructor(
    private readonly child: ChildProcess,
    lines: Interface,
  ) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  static async start(command: string, args: readonly string[]): Promise<Program> {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    await once(child, "spawn");
    const program = new Program(child, createInterface({ input: child.stdout! }));
    await program.#next();
    return program;
  }

  ask<T>(...words: (string | number)[]): Promise<T> {
    this.child.stdin!.write(`${words.join(" ")}\n`);
    return this.#next() as Promise<T>;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.stdin!.end();
    await once(this.child, "exit");
  }

  async #next(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`A client of the benchmark has ended: ${this.child.spawnargs.at(-1)}.`);
    return JSON.parse(value);
  }
}
