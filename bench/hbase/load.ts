import { quantile } from "../host";
import { ROWS } from "./rows";

/** What one client did in one round. JavaClient.java answers the same. */
export interface Figures {
  readonly ops: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the client's process, microseconds. */
  readonly cpuMicros: number;
}

/** So many callers, each of which makes its next change as soon as the last is acknowledged, in rows of its own. */
export async function load(callers: number, seconds: number, change: (row: number) => Promise<void>): Promise<Figures> {
  const [cpu, began, times, share] = [process.cpuUsage(), performance.now(), [] as number[], Math.floor(ROWS / callers)];
  const until = began + seconds * 1000;
  const caller = async (number: number) => {
    for (let i = 0; performance.now() < until; i = (i + 1) % share) {
      const from = performance.now();
      await change(number * share + i);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  const [{ user, system }, took] = [process.cpuUsage(cpu), (performance.now() - began) / 1000];
  return { ops: times.length, seconds: took, p50: quantile(times, 0.5), p99: quantile(times, 0.99), cpuMicros: user + system };
}
