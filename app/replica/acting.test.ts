import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { FOLDERS } from "@/domain/thread";
import { calm, Device, TINY } from "@/testkit/browser/device";
import { RealServer } from "@/testkit/browser/real-server";
import { memoryShelf } from "./shelf";

const n = fc.nat(5);
const which = fc.constantFrom("pair" as const, "group" as const);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("send" as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("ben" as const, "other" as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom("read" as const, "markUnread" as const, "mute" as const, "draft" as const, "rename" as const), which, n }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("delete" as const, "restore" as const), which, n }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move" as const), which, folder: fc.constantFrom(...FOLDERS) }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constantFrom("step" as const, "deliver" as const), n }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refuse" as const), n }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("cut" as const, "connect" as const, "reload" as const, "flow" as const, "wait" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Ann in a browser whose network is in the hands of chance, Ben and another device of Ann's beside her. */
class Story {
  readonly server = new RealServer();
  readonly shelf = memoryShelf();
  readonly sent = { pair: [] as string[], group: [] as string[] };
  readonly ids = { pair: "" as Id, group: "" as Id };
  /** Own messages this browser has shown since it was opened, and not deleted: each is to be seen exactly once at any time. */
  readonly shown = new Map<string, Id>();
  readonly deleted: (readonly [threadId: Id, messageId: Id])[] = [];
  #count = 0;
  device: Device;

  /** `far` as in Limits: how much may be missed before the browser begins anew. */
  constructor(readonly far: number) {
    this.device = this.#browser();
  }

  async begin(): Promise<this> {
    const { world, ann } = this.server;
    world.person("eve");
    for (const [which, people] of [
      ["pair", ["ben"]],
      ["group", ["ben", "eve"]],
    ] as const) {
      this.ids[which] = (await world.sending.start(ann, people, `start-${which}`)).thread.id;
      await world.sending.send(this.server.ann, this.ids[which], "hello", `first-${which}`);
    }
    await world.settle();
    this.#look();
    await this.device.settle();
    return this;
  }

  async play(now: Step): Promise<void> {
    await this.#act(now);
    this.server.world.time.advance(1);
    await calm();
    for (const entries of this.server.news()) this.device.wire.push(entries);
  }

  /** Until everybody has everything; messages that were refused too often are tried again by hand. */
  async end(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      await this.device.settle();
      await this.server.world.settle();
      for (const entries of this.server.news()) this.device.wire.push(entries);
      await this.device.settle();
      for (const id of Object.values(this.ids))
        for (const { key, pending } of this.device.replica.ledger.messages(id).items) if (pending === "failed") this.device.actions.retry(id, key);
    }
  }

  #send(which: "pair" | "group"): void {
    const key = this.device.actions.send(this.ids[which], `text ${this.#count}`);
    this.sent[which].push(key);
    this.shown.set(key, this.ids[which]);
  }

  #browser(): Device {
    return new Device(this.server, { limits: { ...TINY, far: this.far }, shelf: this.shelf, time: this.server.world.time, seed: this.#count });
  }

  #look(): void {
    this.device.connect();
    for (const folder of FOLDERS) this.device.replica.ledger.watchFolder(folder);
    for (const id of Object.values(this.ids)) this.device.replica.ledger.watchMessages(id);
  }

  #act(now: Step): unknown {
    const { device, server, ids } = this;
    const { actions, replica, wire } = device;
    const maker = `${now.do}-0000-${++this.#count}`;
    const message = (id: Id, n: number) =>
      replica.ledger
        .messages(id)
        .items.filter(({ pending }) => pending === undefined)
        .at(-1 - n);
    switch (now.do) {
      case "send":
        if (replica.ledger.seen(ids[now.which]) === undefined) return;
        return this.#send(now.which);
      case "ben":
        return server.world.sending.send(server.ben, ids[now.which], "from ben", maker);
      case "other":
        return server.world.sending.send(server.ann, ids[now.which], "from my phone", maker);
      case "read":
        return void actions.read(ids[now.which], message(ids[now.which], now.n)?.id ?? ids.pair);
      case "markUnread":
        return void actions.markUnread(ids[now.which]);
      case "mute":
        return void actions.mute(ids[now.which], now.n % 2 === 0);
      case "draft":
        return replica.own?.drafts.set(ids[now.which], `draft ${now.n}`);
      case "rename":
        return void actions.rename(ids.group, `name ${now.n}`);
      case "move":
        return void actions.move(ids[now.which], now.folder);
      case "delete": {
        const chosen = message(ids[now.which], now.n);
        if (chosen === undefined) return;
        this.deleted.push([ids[now.which], chosen.id]);
        this.shown.delete(chosen.key);
        return void actions.deleteMessage(ids[now.which], chosen.id);
      }
      case "restore": {
        const [threadId, messageId] = this.deleted[now.n % Math.max(1, this.deleted.length)] ?? [];
        if (threadId && messageId) void actions.restoreMessage(threadId, messageId);
        return;
      }
      case "step":
        return wire.step(now.n);
      case "deliver":
        return device.deliver(now.n);
      case "refuse":
        return wire.refuse(now.n, new AppError("store/overloaded"));
      case "cut":
        return device.cut();
      case "connect":
        return device.connect();
      case "reload":
        device.cut();
        device.replica.stop();
        this.device = this.#browser();
        this.shown.clear();
        return this.#look();
      case "flow":
        return device.flow();
      case "wait":
        return device.time.advance(2_000);
      default:
        return now satisfies never;
    }
  }
}

/** No moment without the bubble, none with two of it. */
function expectShownOnce({ device: { replica }, shown }: Story): void {
  for (const [key, threadId] of shown) expect(replica.ledger.messages(threadId).items.filter((item) => item.key === key)).toHaveLength(1);
}

async function expectSame({ device: { replica }, server, ids, sent }: Story, inOrder: boolean): Promise<void> {
  const { reads } = server.world;
  expect(replica.ledger.head()).toEqual((await reads.open(server.ann)).head);
  for (const folder of FOLDERS) expect(replica.ledger.folder(folder).threads).toEqual((await reads.threads(server.ann, { folder, limit: 50 })).threads);
  for (const which of ["pair", "group"] as const) {
    const { messages } = await reads.messages(server.ann, ids[which], { limit: 200 });
    const visible = messages.filter(({ deleted }) => deleted === undefined);
    const { items, hasOlder } = replica.ledger.messages(ids[which]);
    const shown = items.map(({ key: _key, ...message }) => message);
    expect(shown).toEqual(hasOlder ? visible.slice(-shown.length) : visible);
    const arrived = messages.map(({ clientId }) => clientId).filter((id) => sent[which].includes(id ?? ""));
    expect(new Set(arrived)).toEqual(new Set(sent[which]));
    expect(arrived).toHaveLength(sent[which].length);
    if (inOrder) expect(arrived).toEqual(sent[which]);
    expect(replica.own?.outgoing.of(ids[which])).toEqual([]);
  }
}

test("whatever happens on the way, every message is sent exactly once and the screen ends up with what the server has", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 100, size: "max" }), fc.constantFrom(6, 1_000), async (steps, far) => {
      const story = await new Story(far).begin();
      for (const now of steps) {
        await story.play(now);
        if (far > steps.length * 3) expectShownOnce(story);
      }
      await story.end();
      await expectSame(story, !steps.some((now) => now.do === "refuse"));
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);
