import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Seconds, from a cache hit to a stalled neighbour. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

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
