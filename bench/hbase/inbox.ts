import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { ARCHIVE_LIMITS } from "@/server/mailbox/archiver";
import { opened, threadOfPeople } from "@/server/mailbox/threads";
import { TABLES } from "@/server/tables";
import { Admin, HBase } from "@/storage/hbase";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import { type MessagingWorld, messagingWorld } from "@/testkit/messaging";
import { median, quantile } from "../host";

const SMALL = 50;
const FIRST = 50;
const THREADS = 60;
/** Messages in one commit: as many as make a change of some 200 KB. */
const AT_ONCE = 250;
const WARM = 100;
/** Milliseconds between two messages. */
const APART = 60_000;
/** More messages than there will ever be. */
const NEVER = 1e15;

interface Sizes {
  /** Messages of the long thread. */
  readonly long: number;
  readonly reads: number;
}

/**
 * Opening a long thread, a short one and the inbox on HBase, as `opening.ts` does it on the embedded store: all of the long thread in the head of the mailbox, and
 * then while it is moved to the archive, without the rests that the archiver takes in Braid.
 */
export async function inbox(seeds: readonly string[], { long, reads }: Sizes, say: (line: string) => void): Promise<void> {
  const namespace = `bench_inbox_${Date.now()}`; // a cluster that is kept may have another's
  const store = await HBaseStore.open({ address: { seeds, namespace }, schemas: TABLES, clock: Date.now });
  const world = messagingWorld({ store, archiving: { ...ARCHIVE_LIMITS, every: NEVER } });
  const ann = world.person("ann");
  const began = performance.now();
  for (let i = 0; i < THREADS; i++) await arrive(world, ann, world.person(`friend${i}`), 3);
  const threads = { long: await arrive(world, ann, world.person("ben"), long), short: await arrive(world, ann, world.person("cleo"), SMALL) };
  const filled = (performance.now() - began) / 1000;
  await flushed(seeds, namespace);
  const read = ({ reads: mailbox }: MessagingWorld, times: number) =>
    interleaved(times, {
      [`open a thread of ${long} messages`]: () => mailbox.messages(ann, threads.long, { limit: 50 }),
      [`open a thread of ${SMALL} messages`]: () => mailbox.messages(ann, threads.short, { limit: 50 }),
      [`inbox: head and ${FIRST} threads`]: () => Promise.all([mailbox.open(ann), mailbox.threads(ann, { folder: "messages", limit: FIRST })]),
    });
  say(`reading a mailbox of ${THREADS + 2} threads, ${reads} times each in turns, after a flush (written in ${filled.toFixed(0)} s)`);
  for (const [what, times] of Object.entries(await read(world, reads))) say(`  ${what.padEnd(34)} ${words(times)} (budget: p50 15)`);
  if (archivedBy(world) > 0) throw new Error("The long thread was archived before it was read.");
  const next = messagingWorld({ store, seed: 2, time: world.time, archiving: { ...ARCHIVE_LIMITS, rest: 0 } });
  await arrive(next, ann, next.person("ben"), 2 * ARCHIVE_LIMITS.every);
  const meanwhile = await read(next, Math.ceil(reads / 5));
  const blocks = archivedBy(next);
  if (blocks === 0) throw new Error("Nothing was archived meanwhile.");
  await next.archiver.stop();
  say(`the same while the long thread is archived without a rest (${blocks} blocks meanwhile)`);
  for (const [what, times] of Object.entries(meanwhile)) say(`  ${what.padEnd(34)} ${words(times)}`);
  for (const { deliverer } of [world, next]) await deliverer.stop();
  await store.close();
}

/** Blocks of messages. */
const archivedBy = ({ commits }: MessagingWorld): number =>
  commits.flatMap(({ entries }) => entries).filter(({ action }) => action.type === "MessagesArchived").length;

/** The messages that somebody has written to this person, as they arrive. */
async function arrive({ mailboxes, rosters, mint, time }: MessagingWorld, user: Id, from: Id, count: number): Promise<Id> {
  const at = time.clock();
  const opening = await threadOfPeople(rosters, [user, from], at, (id) => mailboxes.read(user, (view) => view.thread(id)));
  const open = opened(opening, "messages", {}, { at, maker: `bench-open-${from}` }, mint);
  for (let first = 0; first < count; first += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, i) => {
      time.now += APART;
      return message(opening.id, from, mint.next(), `message ${first + i} of ${count}`, time.now);
    });
    await mailboxes.commit(user, undefined, () => [
      ...(first === 0 ? [open] : []),
      ...messages.map((arrived) => ({
        ...{ type: "MessageArrived" as const, at, maker: `arrive:${arrived.id}`, threadId: opening.id, message: arrived },
        ...{ folder: "messages" as const, unread: true },
      })),
    ]);
  }
  return opening.id;
}

const message = (threadId: Id, from: Id, id: Id, text: string, at: number): Message => ({
  ...{ id, threadId, from, at, channel: "chat", text: `${text}, as long as messages are` },
});

/** What was written lies in files, as it does after a while. */
async function flushed(seeds: readonly string[], namespace: string): Promise<void> {
  const client = new HBase({ seeds });
  await new Admin(client).flush(`${namespace}:mailbox`);
  client.close();
}

/** Milliseconds of each, the first hundred left out. */
async function interleaved<K extends string>(times: number, works: Readonly<Record<K, () => Promise<unknown>>>): Promise<Record<K, number[]>> {
  const names = Object.keys(works) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let i = -WARM; i < times; i++)
    for (const name of names) {
      const began = performance.now();
      await works[name]();
      if (i >= 0) taken[name].push(performance.now() - began);
    }
  return taken;
}

const words = (times: readonly number[]): string => `p50 ${median(times).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`;
