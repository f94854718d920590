import type { Clock } from "@/domain/id";
import type { Timers } from "./timers";

type HealthState = "ok" | "slow" | "broken";

export interface Finding {
  readonly state: HealthState;
  /** A sentence that someone who runs the server understands, and what it means for people. */
  readonly words: string;
  /** Unix milliseconds since when it is so, if the probe knows; otherwise since it was first seen. */
  readonly since?: number;
}

export type Probe = () => Promise<Finding> | Finding;

export interface HealthReport {
  /** The worst of all. */
  readonly state: HealthState;
  readonly probes: readonly (Finding & { readonly name: string; readonly since: number })[];
}

export interface HealthOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** A probe that takes longer counts as broken. 2 seconds when left out. */
  readonly timeoutMs?: number;
}

interface Watched {
  readonly probe: Probe;
  running?: Promise<Finding> | undefined;
  seen?: { readonly state: HealthState; readonly since: number };
}

const WORST_FIRST = ["broken", "slow", "ok"] as const;

/** How the parts of the server are, each as it says itself. */
export class Health {
  readonly #probes = new Map<string, Watched>();

  constructor(private readonly options: HealthOptions) {}

  /** `name` is shown to people: "Message store". Returns a function that takes the probe away. */
  register(name: string, probe: Probe): () => void {
    if (this.#probes.has(name)) throw new Error(`There is a probe ${name} already.`);
    this.#probes.set(name, { probe });
    return () => this.#probes.delete(name);
  }

  /** Asks all at once, and never takes longer than the time-out. A probe that still hangs from before is not asked again. */
  async report(): Promise<HealthReport> {
    const probes = await Promise.all([...this.#probes].map(([name, watched]) => this.#find(name, watched)));
    const state = WORST_FIRST.find((state) => probes.some((probe) => probe.state === state)) ?? "ok";
    return { state, probes };
  }

  async #find(name: string, watched: Watched): Promise<HealthReport["probes"][number]> {
    watched.running ??= ask(name, watched.probe).finally(() => {
      watched.running = undefined;
    });
    const finding = await this.#inTime(name, watched.running);
    if (watched.seen?.state !== finding.state) watched.seen = { state: finding.state, since: this.options.clock() };
    return { name, ...finding, since: finding.since ?? watched.seen.since };
  }

  #inTime(name: string, finding: Promise<Finding>): Promise<Finding> {
    const { timers, timeoutMs = 2000 } = this.options;
    return new Promise((resolve) => {
      const cancel = timers.after(timeoutMs, () => resolve({ state: "broken", words: `${name} has not answered for ${timeoutMs / 1000} seconds.` }));
      void finding.then((found) => {
        cancel();
        resolve(found);
      });
    });
  }
}

async function ask(name: string, probe: Probe): Promise<Finding> {
  try {
    return await probe();
  } catch (error) {
    return { state: "broken", words: `${name} could not be checked: ${error instanceof Error ? error.message : String(error)}` };
  }
}
