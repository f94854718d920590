import { expect, test } from "vitest";
import { oldThreadIdOf } from "@/server/mailbox/schema";
import { opened } from "@/server/mailbox/threads";
import { type MessagingWorld, messagingWorld } from "@/testkit/messaging";

const [SHORT, LONG, OURS] = ["+525512345678", "+5215512345678", "+12025550101"];
const text = (world: MessagingWorld, phone: string, said: string) => ({
  ...{ id: world.mint.next(), phone, at: world.time.now, text: said },
  sms: { to: OURS, segments: 1 },
});
const messages = async (world: MessagingWorld, user: string, thread: string) => (await world.reads.messages(user, thread, { limit: 10 })).messages;

test("a phone that the network writes otherwise than the conversation is the one that is in it, and its number is not rewritten", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  const { thread } = await world.sending.start(ann, [SHORT], "start-1");
  await world.sending.send(ann, thread.id, "Hello", "client-1");
  await world.settle();
  expect(world.smsOut.sent.map(({ to }) => to)).toEqual([`tel:${SHORT}`]);
  expect(await world.receiveText.into({ threadId: thread.id, user: ann }, text(world, LONG, "Hola"))).toMatchObject({ threadId: thread.id });
  expect(await world.receiveText.to(ann, text(world, LONG, "otra vez"))).toMatchObject({ threadId: thread.id });
  expect(await messages(world, ann, thread.id)).toMatchObject([
    { text: "Hello" },
    { text: "Hola", from: `tel:${SHORT}`, sms: { to: OURS, from: LONG } },
    { text: "otra vez", from: `tel:${SHORT}` },
  ]);
  expect((await world.sending.start(ann, [LONG], "start-2")).thread).toMatchObject({ id: thread.id, people: expect.arrayContaining([`tel:${SHORT}`]) });
});

test("who wrote first by the longer number is answered at it", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  const { threadId } = await world.receiveText.to(ann, text(world, LONG, "Hola"));
  const { thread } = await world.sending.start(ann, [SHORT], "start-1");
  expect(thread).toMatchObject({ id: threadId, people: expect.arrayContaining([`tel:${LONG}`]) });
  await world.sending.send(ann, threadId, "Hello", "client-1");
  await world.settle();
  expect(world.smsOut.sent.map(({ to }) => to)).toEqual([`tel:${LONG}`]);
  expect((await messages(world, ann, threadId))[0]?.sms).not.toHaveProperty("from");
});

test.each([
  ["the longer number", [LONG]],
  ["the shorter number", [SHORT]],
])("a conversation that was begun by %s, before both were one phone, goes on", async (_, [number = ""]) => {
  const world = messagingWorld();
  const ann = world.person("ann");
  const people = [ann, `tel:${number}`].sort();
  const before = { id: oldThreadIdOf(people), kind: "direct", people, roster: 0 } as const;
  await world.mailboxes.commit(ann, undefined, () => [opened(before, "messages", {}, { at: 1, maker: "before" }, world.mint)]);
  for (const phone of [LONG, SHORT]) expect(await world.receiveText.to(ann, text(world, phone, "Hola"))).toMatchObject({ threadId: before.id });
  expect((await world.sending.start(ann, [SHORT], "start-1")).thread.id).toBe(before.id);
  expect((await messages(world, ann, before.id)).map(({ from }) => from)).toEqual([`tel:${number}`, `tel:${number}`]);
});

test("in a group a phone is there once, by whichever number, also where the group began before", async () => {
  const world = messagingWorld();
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const people = [ann, ben, `tel:${LONG}`].sort();
  await world.rosters.begin(oldThreadIdOf(people), people, 1);
  const { thread } = await world.sending.start(ann, ["ben", SHORT], "start-1");
  expect(thread).toMatchObject({ id: oldThreadIdOf(people), people });
  await world.groups.add(ann, thread.id, [SHORT], "add-1");
  expect((await world.reads.thread(ann, thread.id)).thread.people).toEqual(people);
  expect(await world.receiveText.into({ threadId: thread.id, user: ann }, text(world, SHORT, "Hola"))).toMatchObject({ threadId: thread.id });
  expect((await messages(world, ben, thread.id)).at(-1)).toMatchObject({ from: `tel:${LONG}` });
});

test("a number that cannot be is refused in words; one that is in a conversation is believed", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  await expect(world.sending.start(ann, ["+1 555 0100"], "start-1")).rejects.toMatchObject({ code: "address/invalid", message: /so many digits/ });
  await expect(world.sending.start(ann, ["020 7946 0018"], "start-2")).rejects.toMatchObject({ code: "address/unknown" });
  expect((await world.sending.start(ann, ["tel:+15550100"], "start-3")).thread.people).toContain("tel:+15550100");
});
