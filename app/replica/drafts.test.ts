import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import { calm, Device } from "@/testkit/browser/device";
import { RealServer } from "@/testkit/browser/real-server";
import type { Shelf } from "./ports";
import { memoryShelf } from "./shelf";

async function open({ server = new RealServer(), shelf = memoryShelf() }: { server?: RealServer; shelf?: Shelf } = {}) {
  const { thread } = await server.world.sending.start(server.ann, ["ben"], "maker-start");
  const device = new Device(server, { shelf, time: server.world.time });
  device.replica.ledger.watchMessages(thread.id);
  await device.settle();
  server.news();
  const { id } = thread;
  const rest = async () => {
    await device.flow();
    for (const entries of server.news()) device.wire.push(entries);
    await device.flow();
  };
  const type = (text: string) => device.replica.own?.drafts.set(id, text);
  const saved = async () => (await server.world.reads.thread(server.ann, id)).thread.draft?.text;
  const saves = () => device.wire.asked.filter((call) => call.includes(`"draft"`)).length;
  return { server, shelf, device, id, rest, type, saved, saves, draft: () => device.replica.draft(id) };
}

test("a text is there with every key, and saved once after a pause", async () => {
  const { device, draft, type, saved, saves, rest, shelf } = await open();
  for (const text of ["h", "he", "hey"]) {
    type(text);
    expect(draft()).toBe(text);
    device.time.advance(500);
  }
  expect(saves()).toBe(0);
  device.time.advance(800);
  await rest();
  expect([await saved(), draft(), saves()]).toEqual(["hey", "hey", 1]);
  expect(shelf.keys("braid.draft.")).toEqual([]);
});

test("leaving the field saves at once, and not again after the pause", async () => {
  const { device, id, type, saved, saves, rest } = await open();
  type("hey");
  device.replica.own?.drafts.flush(id);
  device.replica.own?.drafts.flush();
  device.time.advance(2_000);
  await rest();
  expect([await saved(), saves()]).toEqual(["hey", 1]);
});

test("a text survives a reload that comes before it is saved, and is saved then", async () => {
  const first = await open();
  first.type("not lost");
  first.device.cut();
  const second = await open(first);
  expect(second.draft()).toBe("not lost");
  expect(await second.saved()).toBe("not lost");
});

test("a text from another device shows, but not over one that is being written", async () => {
  const { server, id, draft, type, rest } = await open();
  await server.world.acts.saveDraft(server.ann, id, "from my phone", "phone-000001");
  await rest();
  expect(draft()).toBe("from my phone");
  type("from here");
  await server.world.acts.saveDraft(server.ann, id, "phone again", "phone-000002");
  await rest();
  expect(draft()).toBe("from here");
});

test("sending empties the composer here and on the server", async () => {
  const { device, id, draft, type, saved, rest } = await open();
  type("hello");
  device.time.advance(1_000);
  await rest();
  device.actions.send(id, "hello");
  expect(draft()).toBe("");
  await rest();
  device.time.advance(1_000);
  await rest();
  expect([draft(), await saved()]).toEqual(["", undefined]);
});

test("a message that could not be sent does not come back as a draft beside its bubble", async () => {
  const { server, device, id, draft, type, saved, rest } = await open();
  type("hello");
  device.time.advance(1_000);
  await rest();
  const act = server.act.bind(server);
  Object.assign(server, { act: () => Promise.reject(new AppError("thread/left")) });
  device.actions.send(id, "hello");
  device.time.advance(1_000);
  await device.flow();
  expect(draft()).toBe("");
  Object.assign(server, { act });
  device.time.advance(1_000);
  await rest();
  expect([draft(), await saved()]).toEqual(["", undefined]);
});

test("what the server refuses to keep stays in this browser", async () => {
  const { device, draft, type, rest, shelf } = await open();
  const long = "x".repeat(20_001);
  type(long);
  device.time.advance(1_000);
  await rest();
  await calm();
  expect(draft()).toBe(long);
  expect(shelf.keys("braid.draft.")).toHaveLength(1);
});
