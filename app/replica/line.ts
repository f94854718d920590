import type { Clock } from "@/domain/id";
import type { Connection } from "./types";

/** The connection as the person is told of it, and whether it is known whose it is. */
export class Line {
  /** Nothing was tried yet; a server and a browser draw this alike. */
  #state: Connection = { state: "connecting", since: 0 };
  /** Connections made and lost so far: a greeting counts only for the one it was asked on. */
  #turns = 0;
  #greeted = false;

  constructor(
    private readonly clock: Clock,
    private readonly changed: () => void,
  ) {}

  get state(): Connection {
    return this.#state;
  }
  get greeted(): boolean {
    return this.#greeted;
  }

  connected(): void {
    this.#turn("online");
  }

  lost(): void {
    this.#turn("connecting");
  }

  refused(): void {
    this.#state = { ...this.#state, state: "offline", since: this.#state.since || this.clock() };
    this.changed();
  }

  /** The server can be reached and does not take what the person did; undefined when it has. */
  stalled(stalledSince: number | undefined): void {
    const { state, since } = this.#state;
    this.#state = { state, since, ...(stalledSince !== undefined && { stalledSince }) };
    this.changed();
  }

  /** Runs `greeting` until it was done on the connection that still stands. It answers false to give up. */
  async greet(greeting: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      const turn = this.#turns;
      if (!(await greeting())) return false;
      if (turn !== this.#turns) continue;
      this.#greeted = true;
      return true;
    }
  }

  #turn(state: Connection["state"]): void {
    this.#turns++;
    this.#greeted = false;
    const { stalledSince } = this.#state;
    this.#state = { state, since: this.clock(), ...(stalledSince !== undefined && { stalledSince }) };
    this.changed();
  }
}
