import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TABLES } from "@/server/tables";
import { EmbeddedStore } from "@/storage/wide-column/drivers/embedded";
import { messagingWorld } from "@/testkit/messaging";
import { median, quantile } from "./host";

const LARGE = 100_000;
const SMALL = 50;

/** Opening a thread of 100,000 messages beside one of 50: the page of the newest 50, read from the store, in the same run. */
export async function opening(): Promise<string[]> {
  const dir = mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), "braid-opening-"));
  const clock = Date.now;
  const store = await EmbeddedStore.open({
    dir,
    schemas: TABLES,
    clock,
    onFatal: (error) => {
      throw error;
    },
  });
  const world = messagingWorld({ store });
  const [ann] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const threads = { large: await fill(world, ann, "ben", LARGE), small: await fill(world, ann, "cleo", SMALL) };
  const open = async (threadId: string) => {
    const began = performance.now();
    await world.reads.messages(ann, threadId, { limit: 50 });
    return performance.now() - began;
  };
  const [large, small]: [number[], number[]] = [[], []];
  for (let i = 0; i < 600; i++) {
    large.push(await open(threads.large));
    small.push(await open(threads.small));
  }
  const ratio = median(large.slice(100)) / median(small.slice(100));
  await world.deliverer.stop();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
  return [
    `open a thread of ${LARGE} messages              p50 ${median(large).toFixed(2)} ms, p99 ${quantile(large, 0.99).toFixed(2)} ms (budget 10)`,
    `open a thread of ${SMALL} messages                  p50 ${median(small).toFixed(2)} ms; ratio ${ratio.toFixed(2)} (budget 1.3)`,
  ];
}

async function fill(world: ReturnType<typeof messagingWorld>, user: string, other: string, count: number): Promise<string> {
  const { thread } = await world.sending.start(user, [other], `bench-start-${other}`);
  for (let i = 0; i < count; i += 64) {
    const batch = Array.from({ length: Math.min(64, count - i) }, (_, n) =>
      world.sending.send(user, thread.id, `message ${i + n} of ${count}, as long as messages are`, `bench-${other}-${i + n}`),
    );
    await Promise.all(batch);
    if (i % 6_400 === 0) await world.settle();
  }
  await world.settle();
  return thread.id;
}
