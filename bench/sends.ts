import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { Device } from "@/testkit/client";
import { type Host, quantile } from "./host";

export interface Writer {
  readonly device: Device;
  readonly threadId: string;
}

/** Every person with an open device and a conversation with the next one. */
export async function writers({ url, cookies, people }: Host): Promise<Writer[]> {
  const devices = await Promise.all(cookies.map((cookie) => Device.open(url, cookie)));
  return Promise.all(
    devices.map(async (device, i) => {
      const next = people[(i + 1) % people.length] as string;
      const { thread } = await device.mutate<{ thread: Thread }>("thread.start", { people: [next], maker: `bench-start-${i}` });
      return { device, threadId: thread.id };
    }),
  );
}

const TEXT = "The forecast is dry until Sunday noon, then wind from the west. I would be off the ridge by eleven, and back at the hut before it rains.";
let sends = 0;
const send = ({ device, threadId }: Writer) =>
  device.mutate<{ message: Message }>("message.send", { threadId, text: TEXT, clientId: `bench-${sends++}-${process.pid}` });

/** Acknowledged sends a second when everybody sends the next message as soon as the last is acknowledged, delivery included in the time. */
export async function throughput(host: Host, all: readonly Writer[], seconds: number) {
  const before = await host.ask();
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  let acknowledged = 0;
  const work = all.map(async (writer) => {
    while (performance.now() < until) {
      await send(writer);
      acknowledged++;
    }
  });
  await Promise.all(work);
  while ((await host.ask()).owed > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const took = (performance.now() - began) / 1000;
  const after = await host.ask();
  const syncs = after.stats.syncs - before.stats.syncs;
  return {
    perSecond: acknowledged / took,
    cpuMsPerMessage: (after.cpuMs - before.cpuMs) / acknowledged,
    mutationsPerMessage: (after.stats.mutations - before.stats.mutations) / acknowledged,
    mutationsPerSync: (after.stats.mutations - before.stats.mutations) / syncs,
    syncsPerCommit: syncs / (after.stats.commits - before.stats.commits),
  };
}

/** Milliseconds to the acknowledgement when messages come at a steady rate, whatever the server does. */
export async function latency(all: readonly Writer[], perSecond: number, seconds: number) {
  const times: number[] = [];
  const work: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = began + (n * 1000) / perSecond;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    work.push(send(all[n % all.length] as Writer).then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(work);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
