import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Seconds, from a cache hit to a stalled neighbour. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface Reading {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

type Readings = readonly Reading[];

/** Figures about this server, in Prometheus's text format. Each server has its own, so that several can live in one process. */
export class Metrics {
  readonly #registry = new Registry();

  /** `name` in the style of Prometheus, without the prefix `braid_`: `messages_sent_total`. */
  counter<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `braid_${name}`, help, labelNames: labels, registers: [this.#registry] });
  }

  /** Durations in seconds: `delivery_seconds`. */
  histogram<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []): Histogram<Label> {
    return new Histogram({ name: `braid_${name}`, help, labelNames: labels, buckets: SECONDS, registers: [this.#registry] });
  }

  /** What is so at the moment of asking. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `braid_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** What is so, or has been counted elsewhere, at the moment of asking: one value for each set of labels. Whoever reads bounds their number. */
  readings(kind: "gauge" | "counter", name: string, help: string, labelNames: readonly string[], read: () => Readings | Promise<Readings>): void {
    const options = { name: `braid_${name}`, help, labelNames, registers: [this.#registry] };
    if (kind === "gauge") new Gauge({ ...options, collect: collector(read, (gauge: Gauge, { labels = {}, value }) => gauge.set(labels, value)) });
    else new Counter({ ...options, collect: collector(read, (counter: Counter, { labels = {}, value }) => counter.inc(labels, value)) });
  }

  /** Memory, CPU and file descriptors of the process. */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}

function collector<M extends { reset(): void }>(read: () => Readings | Promise<Readings>, put: (metric: M, reading: Reading) => void) {
  return async function (this: M): Promise<void> {
    const readings = await read();
    this.reset();
    for (const reading of readings) put(this, reading);
  };
}
