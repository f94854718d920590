import fc from "fast-check";
import { expect, test } from "vitest";
import type { Id } from "@/domain/id";
import { FOLDERS, type Folder } from "@/domain/thread";
import { anyActions, nth } from "@/testkit/actions";
import { calm, Device, TINY } from "@/testkit/browser/device";
import { LogServer } from "@/testkit/browser/log-server";
import type { Me } from "./types";

const ME: Me = { id: nth(1, 0), name: "Me", outside: false, hue: 0, role: "member", email: "me@example.org", demo: true };
const THREADS = [0, 1, 2].map((n) => nth(2, n));

const n = fc.nat(7);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("commit" as const) }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("step" as const), n }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("deliver" as const, "repeat" as const, "drop" as const), n }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("cut" as const, "connect" as const, "wake" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("flow" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("folder" as const, "more" as const), folder: fc.constantFrom(...FOLDERS) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("open" as const, "older" as const, "close" as const), thread: fc.constantFrom(...THREADS) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(100, 1_000, 20_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The replica shows exactly what the whole log says, as far as it is loaded. */
function expectFold(device: Device, server: LogServer, folders: ReadonlySet<Folder>, threads: Iterable<Id>): void {
  const { replica } = device;
  expect(replica.ledger.head()).toEqual(server.head);
  for (const folder of folders) {
    const { threads, status, hasMore } = replica.ledger.folder(folder);
    const all = server.allThreads(folder);
    expect(status).toBe("ready");
    expect(threads).toEqual(hasMore ? all.slice(0, threads.length) : all);
  }
  for (const threadId of threads) {
    const thread = server.threadsById.get(threadId);
    if (thread === undefined) {
      expect(replica.ledger.thread(threadId).status).toBe("missing");
      continue;
    }
    expect(replica.ledger.thread(threadId).thread).toEqual(thread);
    const { items, hasOlder } = replica.ledger.messages(threadId);
    const all = server.allMessages(threadId).filter(({ deleted }) => deleted === undefined);
    const shown = items.map(({ key: _key, ...message }) => message);
    expect(shown).toEqual(hasOlder ? all.slice(all.length - shown.length) : all);
  }
}

async function play(actions: readonly Parameters<LogServer["commit"]>[0][], steps: readonly Step[]): Promise<void> {
  const server = new LogServer(ME);
  const device = new Device(server, { limits: TINY });
  const { replica, wire } = device;
  const todo = [...actions];
  const folders = new Set<Folder>();
  const open = new Map<Id, () => void>();
  const commit = () => {
    const action = todo.shift();
    if (action) wire.push([server.commit(action)]);
  };
  const act = (now: Step): unknown => {
    switch (now.do) {
      case "commit":
        return commit();
      case "step":
        return wire.step(now.n);
      case "flow":
        return device.flow();
      case "deliver":
        return device.deliver(now.n);
      case "repeat":
        return device.deliver(now.n, true);
      case "drop":
        return device.drop(now.n);
      case "cut":
        return device.cut();
      case "connect":
        return device.connect();
      case "wake":
        return replica.woke();
      case "folder":
        folders.add(now.folder);
        return replica.ledger.watchFolder(now.folder);
      case "more":
        return replica.ledger.moreThreads(now.folder);
      case "open":
        return open.has(now.thread) || open.set(now.thread, replica.ledger.watchMessages(now.thread));
      case "older":
        return replica.ledger.olderMessages(now.thread);
      case "close":
        open.get(now.thread)?.();
        return open.delete(now.thread);
      case "wait":
        return device.time.advance(now.ms);
      default:
        return now satisfies never;
    }
  };
  device.connect();
  for (const now of steps) {
    await act(now);
    await calm();
  }
  while (todo.length > 0) commit();
  await device.settle();
  replica.woke();
  await device.settle();
  expectFold(device, server, folders, open.keys());
}

test("whatever the wire drops, repeats, reorders and cuts, the replica comes to the fold of the whole log", async () => {
  const world = fc.tuple(fc.array(anyActions, { minLength: 1, maxLength: 3, size: "max" }), fc.array(step, { minLength: 30, maxLength: 150, size: "max" }));
  await fc.assert(
    fc.asyncProperty(world, ([actions, steps]) => play(actions.flat(), steps)),
    { numRuns: 300 },
  );
}, 120_000);
