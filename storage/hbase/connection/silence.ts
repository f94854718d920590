import { requestFrame } from "../wire/frames";
import { Client } from "../wire/methods";
import type { Call } from "./calls";

/** Above the priority of data calls, so that a server whose handlers all wait for the log still answers. */
const HIGH_PRIORITY = 200;

/**
 * Tells a server that hangs (or a machine that is gone) from one that is slow. When nothing came for half the time, though calls wait, it is
 * asked for a row of no region, which a living server refuses at once. Time is counted in sweeps: when this process itself was stopped, no
 * sweep was made, and nobody is taken for dead.
 */
export class Silence {
  private quiet = 0;
  private asked = false;

  /** @param limit milliseconds without a byte, with calls waiting, after which the server is taken for dead */
  constructor(private readonly limit: number) {}

  heard(): void {
    this.quiet = 0;
    this.asked = false;
  }

  passed(ms: number, expecting: boolean): "dead" | "ask" | undefined {
    if (!expecting) this.heard();
    else this.quiet += ms;
    if (this.quiet >= this.limit) return "dead";
    if (this.asked || this.quiet < this.limit / 2) return undefined;
    this.asked = true;
    return "ask";
  }

  listener(now: number): Call {
    const ignore = () => {};
    const expires = now + this.limit;
    return {
      method: Client.get as unknown as Call["method"],
      request: {},
      options: { deadline: expires },
      group: { underWay: 0 },
      read: ignore,
      resolve: ignore,
      reject: ignore,
      sentAt: now,
      expires,
    };
  }

  question(id: number): Buffer {
    const request = { region: { type: 1, value: Buffer.from("?") }, get: { row: Buffer.from("?") } };
    return requestFrame(Client.get, request, undefined, { id, timeout: Math.ceil(this.limit), priority: HIGH_PRIORITY });
  }
}
