import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import { calm, Device } from "@/testkit/browser/device";
import { RealServer } from "@/testkit/browser/real-server";
import type { MailboxApi, Shelf } from "./ports";
import { memoryShelf } from "./shelf";

/** Ann's browser with the conversation with Ben open and everything at rest. */
async function open({ shelf = memoryShelf(), server = new RealServer() }: { shelf?: Shelf; server?: RealServer } = {}) {
  const { thread } = await server.world.sending.start(server.ann, ["ben"], "maker-start");
  await server.world.sending.start(server.ben, ["ann"], "maker-start");
  const device = new Device(server, { shelf, time: server.world.time });
  device.replica.ledger.watchFolder("messages");
  device.replica.ledger.watchMessages(thread.id);
  await device.settle();
  server.news();
  const pushNews = () => {
    for (const entries of server.news()) device.wire.push(entries);
  };
  return { server, device, id: thread.id, shelf, pushNews, ...device };
}
type Opened = Awaited<ReturnType<typeof open>>;
const items = ({ device, id }: Pick<Opened, "device" | "id">) => device.replica.ledger.messages(id).items;
const refusing = (server: MailboxApi, error: Error) => Object.assign(server, { act: () => Promise.reject(error) });

test("the own message is there before anything is asked, and looks the same when it is committed", async () => {
  const { device, id, pushNews, actions, replica } = await open();
  const key = actions.send(id, "hello");
  const [shown] = items({ device, id });
  expect(shown).toMatchObject({ key, text: "hello", pending: "sending", channel: "chat" });
  expect(replica.ledger.thread(id).thread?.last?.snippet).toBe("hello");
  expect(replica.ledger.folder("messages").threads[0]?.id).toBe(id);
  await device.wire.step(0);
  await device.wire.step(0);
  await calm();
  expect(items({ device, id })).toEqual([shown]);
  pushNews();
  device.deliver(0);
  const [committed] = items({ device, id });
  expect(committed).toMatchObject({ key, text: "hello", channel: "chat" });
  expect(committed?.pending).toBeUndefined();
  const { delivery } = committed as NonNullable<typeof committed>;
  expect(Object.values(delivery ?? {})).toMatchObject([{ state: "sending", channel: "chat", reason: Object.values(shown?.delivery ?? {})[0]?.reason }]);
});

test("a message that is refused stays, with the reason, until it is sent again or discarded", async () => {
  const opened = await open();
  const { device, id, actions, server } = opened;
  const act = server.act.bind(server);
  refusing(server, new AppError("thread/left"));
  const [first, second] = [actions.send(id, "one"), actions.send(id, "two")];
  await device.flow();
  expect(items(opened)).toMatchObject([
    { key: first, pending: "failed", failure: { code: "thread/left" } },
    { key: second, pending: "failed" },
  ]);
  expect(device.replica.ledger.thread(id).thread?.last).toBeUndefined();
  Object.assign(server, { act });
  expect(actions.discard(id, first)).toBe("one");
  actions.retry(id, second);
  expect(items(opened)).toMatchObject([{ key: second, pending: "sending" }]);
  await device.flow();
  opened.pushNews();
  await device.flow();
  expect(items(opened).map(({ key, text, pending }) => [key, text, pending])).toEqual([[second, "two", undefined]]);
});

test("what was not sent waits over a reload, and is shown once even if it had been sent after all", async () => {
  const first = await open();
  const sent = first.actions.send(first.id, "lost answer");
  await first.device.wire.step(0);
  first.device.cut();
  const waiting = first.actions.send(first.id, "written offline");
  const second = await open(first);
  await second.device.settle();
  expect(items(second).map(({ key }) => key)).toEqual([sent, waiting]);
  const { messages } = await first.server.world.reads.messages(first.server.ann, first.id, { limit: 10 });
  expect(messages.map(({ clientId }) => clientId)).toEqual([sent, waiting]);
  expect(first.shelf.keys("braid.send.")).toEqual([]);
});

test("while the answer is out, a message read back from the server is not shown beside its waiting self", async () => {
  const first = await open();
  const key = first.actions.send(first.id, "once");
  await first.device.wire.step(0);
  first.device.cut();
  const device = new Device(first.server, { shelf: first.shelf, time: first.server.world.time, seed: 2 });
  device.replica.ledger.watchMessages(first.id);
  device.connect();
  device.wire.held.add("act");
  await device.flow();
  expect(items({ device, id: first.id })).toMatchObject([{ key, text: "once" }]);
  device.wire.held.clear();
  await device.flow();
  expect(device.replica.own?.outgoing.of(first.id)).toEqual([]);
  expect(items({ device, id: first.id })).toHaveLength(1);
});

test("moving shows at once, moves the badge with it, and is taken back with its reason when refused", async () => {
  const opened = await open();
  const { server, device, id, actions, replica } = opened;
  await server.world.sending.send(server.ben, id, "hi", "from-ben-1");
  await server.world.settle();
  opened.pushNews();
  await device.flow();
  expect(replica.ledger.head().unread).toMatchObject({ messages: 1, archive: 0 });
  refusing(server, new AppError("thread/unknown"));
  const outcome = actions.move(id, "archive");
  expect(replica.ledger.folder("messages").threads).toEqual([]);
  expect(replica.ledger.head().unread).toMatchObject({ messages: 0, archive: 1 });
  await device.flow();
  expect(await outcome).toMatchObject({ code: "thread/unknown" });
  expect(replica.ledger.folder("messages").threads).toHaveLength(1);
  expect(replica.ledger.head().unread).toMatchObject({ messages: 1, archive: 0 });
});

test("an act that changes nothing is not sent, and of many reading positions only the last", async () => {
  const opened = await open();
  const { server, device, id, actions } = opened;
  const ids = [];
  for (const n of [1, 2, 3]) ids.push((await server.world.sending.send(server.ben, id, `${n}`, `from-ben-${n}`)).message.id);
  await server.world.settle();
  opened.pushNews();
  await device.flow();
  device.cut();
  const asked = device.wire.asked.length;
  expect(await actions.move(id, "messages")).toBeUndefined();
  const reads = ids.map((upTo) => actions.read(id, upTo));
  expect(device.replica.ledger.thread(id).thread?.unread).toBe(0);
  await device.settle();
  expect(await Promise.all(reads)).toEqual([undefined, undefined, undefined]);
  expect(device.wire.asked.slice(asked).filter((call) => call.startsWith("act"))).toHaveLength(1);
});

test("deleting hides the message and gives the thread its last one back; restoring brings both again", async () => {
  const opened = await open();
  const { device, id, actions, replica } = opened;
  actions.send(id, "first");
  actions.send(id, "second");
  await device.settle();
  opened.pushNews();
  await device.settle();
  const second = items(opened)[1];
  void actions.deleteMessage(id, second?.id ?? "");
  expect(items(opened).map(({ text }) => text)).toEqual(["first"]);
  expect(replica.ledger.thread(id).thread?.last?.snippet).toBe("first");
  void actions.restoreMessage(id, second?.id ?? "");
  expect(items(opened).map(({ text }) => text)).toEqual(["first", "second"]);
  await device.settle();
  opened.pushNews();
  await device.settle();
  expect(replica.ledger.thread(id).thread?.last?.snippet).toBe("second");
  expect(replica.own?.outgoing.of(id)).toEqual([]);
});

test("when somebody else has signed in, nothing of the former person is sent and nothing of the new one is taken in", async () => {
  const opened = await open();
  const { server, device, id, actions, replica } = opened;
  device.cut();
  actions.send(id, "ann's");
  Object.assign(server, { me: async () => ({ ...(await RealServer.prototype.me.call(server)), id: server.ben }) });
  device.connect();
  device.wire.push([{ seq: 99, action: { type: "ThreadMarkedUnread", at: 0, maker: "x", threadId: id } }]);
  await device.flow();
  expect(device.changedHands).toBe(1);
  expect(replica.ledger.head().seq).toBeLessThan(99);
  expect((await server.world.reads.messages(server.ann, id, { limit: 10 })).messages).toEqual([]);
});

test("what concerns one conversation leaves the views of the others as they are", async () => {
  const { server, device, id, actions, replica } = await open();
  const other = await actionsStart(device, server);
  const before = { messages: replica.ledger.messages(other), thread: replica.ledger.thread(other), spam: replica.ledger.folder("spam") };
  actions.send(id, "hello");
  expect(replica.ledger.messages(other)).toBe(before.messages);
  expect(replica.ledger.thread(other)).toBe(before.thread);
  expect(replica.ledger.folder("spam")).toBe(before.spam);
  await device.settle();
  const [first] = items({ device, id });
  actions.send(id, "again");
  expect(first?.pending).toBeUndefined();
  expect(items({ device, id })[0]).toBe(first);
});

async function actionsStart(device: Device, server: RealServer): Promise<string> {
  server.world.person("eve");
  const started = device.actions.start(["eve"]);
  await device.settle();
  return (await started).id;
}
