import type { LogEntry } from "@/domain/action";
import type { Thread } from "@/domain/thread";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { realTimers } from "@/server/platform/timers";
import { Device } from "@/testkit/client";
import { seededRandom } from "@/testkit/random";
import { type Host, host, median, quantile } from "./host";

const PEOPLE = 64;
/** Seconds after which V8 has compiled what a text passes through. */
const WARM_UP = 15;
const ROUNDS = 3;
const SECONDS = 5;
const PER_SECOND = 500;
const TEXT = "The forecast is dry until Sunday noon, then wind from the west. I would be off the ridge by eleven.";

interface Writer {
  readonly device: Device;
  readonly threadId: string;
  readonly phone: string;
}

/** Text messages both ways through one bind, with the server in a process of its own and the SMSC in this one. */
export async function sms(): Promise<string[]> {
  const smsc = await Smsc.start({ accounts: { braid: "secret" }, clock: Date.now, timers: realTimers, random: seededRandom(1), remember: 0 });
  smsc.behaviour.receipt = () => ({ afterMs: 200, outcome: "DELIVRD" });
  const numbers = new Map<string, string>();
  let taken = 0;
  smsc.behaviour.submit = ({ fields }) => {
    numbers.set(String(fields.destination_addr), String(fields.source_addr));
    taken++;
    return {};
  };
  const server = await host({ people: PEOPLE, smscPort: smsc.port });
  const writers = await Promise.all(server.cookies.map((cookie, i) => writer(server, cookie, `+1202556${1_000 + i}`)));
  await out(server, writers, WARM_UP, () => taken); // and every phone has a number
  const rounds: Awaited<ReturnType<typeof out>>[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await out(server, writers, SECONDS, () => taken));
  const waits = await incoming(smsc, writers, numbers);
  for (const { device } of writers) device.close();
  await server.close();
  await smsc.close();
  return [
    `texts out through one bind, 64 people          ${median(rounds.map(({ perSecond }) => perSecond)).toFixed(0)}/s (budget ${PER_SECOND}), server CPU ${median(rounds.map(({ cpuMs }) => cpuMs)).toFixed(2)} ms each, receipt included`,
    `texts in at ${PER_SECOND}/s, from the door to the browser  p50 ${quantile(waits, 0.5).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms (budget p99 300)`,
  ];
}

async function writer({ url }: Host, cookie: string, phone: string): Promise<Writer> {
  const device = await Device.open(url, cookie);
  const { thread } = await device.mutate<{ thread: Thread }>("thread.start", { people: [phone], maker: `bench-start-${phone.slice(1)}` });
  return { device, threadId: thread.id, phone };
}

let sends = 0;

/** Everybody sends the next as soon as the last is acknowledged; the time ends when the SMSC has all. */
async function out(server: Host, writers: readonly Writer[], seconds: number, taken: () => number) {
  const [before, had, began] = [await server.ask(), taken(), performance.now()];
  const until = began + seconds * 1000;
  let acknowledged = 0;
  const work = writers.map(async ({ device, threadId }) => {
    for (; performance.now() < until; acknowledged++)
      await device.mutate("message.send", { threadId, text: TEXT, clientId: `bench-sms-${sends++}-${process.pid}` });
  });
  await Promise.all(work);

  while (taken() - had < acknowledged) await new Promise((resolve) => setTimeout(resolve, 5));
  const took = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the last receipts
  const after = await server.ask();
  return { perSecond: acknowledged / took, cpuMs: (after.cpuMs - before.cpuMs) / acknowledged };
}

/** Milliseconds from the SMSC's deliver_sm to the entry in the open browser, at a steady rate. */
async function incoming(smsc: Smsc, writers: readonly Writer[], numbers: ReadonlyMap<string, string>): Promise<number[]> {
  const [due, waits] = [new Map<string, number>(), [] as number[]];
  for (const { device } of writers)
    device.socket.on("entries", (entries: readonly LogEntry[]) => {
      for (const { action } of entries) {
        const at = action.type === "MessageArrived" ? due.get(action.message.text) : undefined;
        if (at !== undefined) waits.push(performance.now() - at);
      }
    });
  const began = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    const at = began + (n * 1000) / PER_SECOND;
    while (performance.now() < at) await new Promise((resolve) => setTimeout(resolve, 1));
    const { phone } = writers[n % writers.length] as Writer;
    const text = `Text number ${n} of many, from a phone.`;
    due.set(text, at);
    void smsc.phone("braid", { from: phone.slice(1), to: numbers.get(phone.slice(1)) as string, parts: [Buffer.from(text)] });
  }
  while (waits.length < due.size) await new Promise((resolve) => setTimeout(resolve, 5));
  return waits;
}
