import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { realTimers } from "@/server/platform/timers";
import { seededRandom } from "@/testkit/random";
import { type Host, host } from "./host";

const PEOPLE = 64;
const PENDING = Number(process.env.QUEUE ?? 1_000_000);
const MINUTE = 60_000;

/** A million texts wait, the server is killed; the next one sends them for a minute, is killed as well, and a third goes on. */
export async function smsQueue(): Promise<string[]> {
  const data = mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), "braid-queue-"));
  const smsc = await Smsc.start({ accounts: { braid: "secret" }, clock: Date.now, timers: realTimers, random: seededRandom(1), remember: 0 });
  const times = new Map<string, number>();
  smsc.behaviour.submit = ({ fields }) => {
    const number = /no (\d+)\./.exec(String((fields.short_message as { message?: unknown })?.message ?? fields.short_message))?.[1] ?? "?";
    times.set(number, (times.get(number) ?? 0) + 1);
    return {};
  };
  const first = await host({ people: PEOPLE, data });
  const filled = await first.fill({ each: PENDING / PEOPLE });
  first.kill();
  const second = await sendsFor(data, smsc.port, MINUTE, () => times.size);
  const third = await sendsFor(data, smsc.port, MINUTE / 2, () => times.size);
  const again = [...times.values()].filter((count) => count > 1).length;
  await smsc.close();
  rmSync(data, { recursive: true, force: true });
  return [
    `${filled} texts wait; killed and started again: the first is sent after ${second.firstMs.toFixed(0)} ms, then ${second.perSecond.toFixed(0)}/s`,
    `  memory ${second.rss.toFixed(0)} MB at most; killed while it sends and started again: the next after ${third.firstMs.toFixed(0)} ms, ${third.perSecond.toFixed(0)}/s, ${third.rss.toFixed(0)} MB`,
    `  ${times.size} sent so far, ${again} of them twice (those under way when it was killed)`,
  ];
}

/** Starts a server on the data, lets it send for a while, and kills it. */
async function sendsFor(data: string, smscPort: number, ms: number, sent: () => number) {
  const [had, began] = [sent(), performance.now()];
  const server = await host({ people: 1, data, smscPort });
  const ready = performance.now();
  let firstMs = 0;
  let rss = 0;
  while (performance.now() - ready < ms) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (firstMs === 0 && sent() > had) firstMs = performance.now() - began;
    rss = Math.max(rss, await memoryOf(server));
  }
  const perSecond = ((sent() - had) * 1000) / (performance.now() - began - firstMs);
  server.kill();
  return { firstMs, perSecond, rss };
}

const memoryOf = async (server: Host): Promise<number> => (await server.ask()).rss / 1024 / 1024;
