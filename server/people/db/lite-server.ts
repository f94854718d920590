import type { Clock } from "@/domain/id";
import { DatabaseCrashed, LiteInstance, type LiteOptions } from "./lite-instance";

/** Milliseconds to leave a database alone that could not start: trying holds up everything else for a second. */
const PAUSE = 5_000;

export interface LiteServerOptions extends LiteOptions {
  readonly clock?: Clock;
  /** Called after each so many bytes of WAL. */
  readonly onWal?: { readonly bytes: number; readonly call: () => void };
}

/**
 * PostgreSQL in this process, as a server that may crash: when the disk refuses it stops where it is, and the next connection starts it
 * again from what is on the disk, as a real one would be. It has one session, which takes one message after the other.
 */
export class LiteServer {
  #instance: LiteInstance | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  #failed: { readonly error: unknown; readonly at: number } | undefined;

  constructor(private readonly options: LiteServerOptions) {}

  /** Starts the database if it has not run yet, or has crashed. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#closed) throw new DatabaseCrashed("The database was closed.");
      this.#instance ??= await this.#open();
    });
  }

  async #open(): Promise<LiteInstance> {
    const now = (this.options.clock ?? Date.now)();
    if (this.#failed !== undefined && now < this.#failed.at + PAUSE) throw this.#failed.error;
    try {
      return await LiteInstance.open(this.options);
    } catch (error) {
      this.#failed = { error, at: now };
      throw error;
    }
  }

  /** Sends messages of the frontend protocol and resolves with the answer, once what it speaks of is on the disk. */
  exchange(message: Uint8Array): Promise<Uint8Array[]> {
    return this.#inTurn(() => this.#send(message));
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#closed = true;
      await this.#instance?.close();
      this.#instance = undefined;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #send(message: Uint8Array): Promise<Uint8Array[]> {
    const instance = this.#running();
    try {
      const answer = await instance.send(message);
      this.#countWal(instance);
      return answer;
    } catch (error) {
      instance.abandon();
      this.#instance = undefined;
      throw error;
    }
  }

  #countWal(instance: LiteInstance): void {
    const { onWal } = this.options;
    if (onWal === undefined || instance.walBytes < onWal.bytes) return;
    instance.resetWalBytes();
    onWal.call();
  }

  #running(): LiteInstance {
    if (this.#instance === undefined) throw new DatabaseCrashed("The database has stopped.");
    return this.#instance;
  }
}
