import type { MailboxApi } from "@/app/replica/ports";
import type { LogEntry } from "@/domain/action";

interface Call {
  readonly name: string;
  readonly execute: () => Promise<unknown>;
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
  /** What the server said, once it was asked. */
  outcome?: { readonly value: unknown } | { readonly error: unknown };
}

/** The network between one browser and the server, in the hands of a test: calls and answers travel when told, and get lost. */
export class Wire {
  readonly api: MailboxApi;
  #calls: Call[] = [];
  /** Calls that are kept on their way by name, until they are taken out of here. */
  readonly held = new Set<string>();
  /** Pushed entries on their way. */
  readonly pushed: (readonly LogEntry[])[] = [];
  /** Every call by name and input, in order. */
  readonly asked: string[] = [];
  connected = false;

  constructor(server: MailboxApi) {
    this.api = new Proxy(server, {
      get:
        (target, name) =>
        (...input: unknown[]) => {
          const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
          this.asked.push(`${String(name)} ${JSON.stringify(input)}`);
          return this.#call(String(name), async () => method.apply(target, input));
        },
    });
  }

  /** The calls that can be moved. */
  get calls(): readonly Call[] {
    return this.#calls.filter(({ name }) => !this.held.has(name));
  }

  push(entries: readonly LogEntry[]): void {
    if (this.connected) this.pushed.push(entries);
  }

  /** Moves the nth call one step: to the server, or its answer back. */
  async step(n: number): Promise<void> {
    const call = this.calls[n % Math.max(1, this.calls.length)];
    if (call === undefined) return;
    if (call.outcome === undefined) {
      call.outcome = await call.execute().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      return;
    }
    this.#remove(call);
    if ("value" in call.outcome) call.answer(structuredClone(call.outcome.value));
    else call.fail(call.outcome.error);
  }

  /** The server turns the nth call away, before or after it was done. */
  refuse(n: number, error: Error): void {
    const call = this.calls[n % Math.max(1, this.calls.length)];
    if (call === undefined) return;
    this.#remove(call);
    call.fail(error);
  }

  /** Everything on its way is lost; of calls that had reached the server only the answers. */
  cut(): void {
    this.connected = false;
    this.pushed.length = 0;
    for (const call of this.#calls.splice(0)) call.fail(new Error("socket has been disconnected"));
  }

  #remove(call: Call): void {
    this.#calls = this.#calls.filter((other) => other !== call);
  }

  #call(name: string, execute: () => Promise<unknown>): Promise<unknown> {
    if (!this.connected) return Promise.reject(new Error("no network"));
    return new Promise((answer, fail) => this.#calls.push({ name, execute, answer, fail }));
  }
}
