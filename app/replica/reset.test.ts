import { expect, test } from "vitest";
import { calm, Device, TINY } from "@/testkit/browser/device";
import { RealServer } from "@/testkit/browser/real-server";

/** Ann has read back in a conversation, slept, and missed more than is worth reading one by one. */
async function asleep() {
  const server = new RealServer();
  const { world, ann, ben } = server;
  const { thread } = await world.sending.start(ben, ["ann"], "maker-start");
  const write = async (from: number, to: number) => {
    for (let i = from; i <= to; i++) await world.sending.send(ben, thread.id, `${i}`, `from-ben-${i}`);
    await world.settle();
  };
  await write(1, 12);
  const device = new Device(server, { limits: { ...TINY, far: 20 }, time: world.time });
  const { replica } = device;
  replica.ledger.watchFolder("messages");
  replica.ledger.watchMessages(thread.id);
  await device.settle();
  for (let i = 0; i < 3; i++) {
    replica.ledger.olderMessages(thread.id);
    await device.flow();
  }
  const texts = () => replica.ledger.messages(thread.id).items.map(({ text }) => text);
  expect(texts()).toEqual(["5", "6", "7", "8", "9", "10", "11", "12"]);
  device.cut();
  await write(13, 40);
  return { server, ann, device, replica, id: thread.id, texts };
}

test("beginning anew reads back to where the reader was, and the screen stands still until then", async () => {
  const { device, replica, id, texts } = await asleep();
  const before = texts();
  device.connect();
  for (let i = 0; device.wire.calls.length > 0 && i < 500; i++) {
    await device.wire.step(0);
    await calm();
    expect(replica.ledger.messages(id).status).toBe("ready");
    expect(replica.ledger.folder("messages").threads).toHaveLength(1);
    expect(texts().slice(0, before.length)).toEqual(before);
  }
  await device.settle();
  expect(texts()).toEqual(Array.from({ length: 36 }, (_, i) => `${i + 5}`));
  expect(device.wire.asked.filter((call) => call.startsWith("sync")).length).toBeLessThan(6);
});

test("a beginning that gets stuck lets the screen go on after a while, and own messages show again", async () => {
  const { device, replica, id } = await asleep();
  device.connect();
  while (!device.wire.asked.at(-1)?.startsWith("messages")) {
    await device.wire.step(0);
    await calm();
  }
  const key = device.actions.send(id, "still here");
  device.cut();
  device.time.advance(4_000);
  device.connect();
  await device.settle();
  expect(replica.ledger.messages(id).items.at(-1)).toMatchObject({ key, text: "still here" });
});

test("a server that lost the end of its log is believed", async () => {
  const { server, device, replica, id, texts } = await asleep();
  await device.settle();
  const forgetful = new RealServer();
  Object.assign(server, { open: async () => ({ head: { ...replica.ledger.head(), seq: 3 } }), sync: async () => ({ entries: [], head: 3 }) });
  device.cut();
  Object.assign(server, {
    threads: async () => ({ threads: [], seq: 3 }),
    thread: (threadId: string) => forgetful.thread(threadId),
    messages: (page: { threadId: string; limit: number }) => forgetful.messages(page),
  });
  await device.settle();
  expect(replica.ledger.head().seq).toBe(3);
  expect(replica.ledger.thread(id).status).toBe("missing");
  expect(texts()).toEqual([]);
});
