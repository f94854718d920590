import { expect, test } from "vitest";
import { type MessagingWorld, messagingWorld } from "@/testkit/messaging";
import type { InboundMail, Mailer } from "./receive";

let mails = 0;
function mail(world: MessagingWorld, recipients: string[], mail: { from: Mailer; text: string } & Partial<InboundMail>): InboundMail {
  return {
    id: world.mint.next(),
    maker: `mail:${mails++}`,
    at: world.time.now,
    recipients,
    to: [],
    cc: [],
    bulk: false,
    answers: [],
    mail: { sender: "unproven" },
    ...mail,
  };
}
const NORA = { address: "nora@elsewhere.org", name: "Nora Field" };
const MALLORY = { address: "mallory@evil.example", name: "Mallory" };
const threads = async (world: MessagingWorld, user: string, folder: "messages" | "other") => (await world.reads.threads(user, { folder, limit: 20 })).threads;

test("a newsletter that was archived comes back to Other, not among the messages", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  const letter = { from: { address: "letters@library.example" }, bulk: true };
  await world.receive.mail(mail(world, [ann], { ...letter, text: "first" }));
  const [thread] = await threads(world, ann, "other");
  await world.acts.move(ann, thread?.id ?? "", "archive", "archive-1");
  await world.receive.mail(mail(world, [ann], { ...letter, text: "second" }));
  expect(await threads(world, ann, "messages")).toEqual([]);
  expect(await threads(world, ann, "other")).toMatchObject([{ unread: 2 }]);
});

test("nobody is renamed by what others call them", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  const to = [{ address: "ann@braid.test", name: "Not Ann" }];
  await world.receive.mail(mail(world, [ann], { from: NORA, to: [...to, MALLORY], text: "the three of us" }));
  await world.receive.mail(mail(world, [ann], { from: MALLORY, to: [...to, { ...NORA, name: "A Fool" }], text: "no, the fool" }));
  const [thread] = await threads(world, ann, "other");
  expect(thread?.names).toEqual({ "mailto:nora@elsewhere.org": "Nora Field", "mailto:mallory@evil.example": "Mallory" });
});

test("an address of our own domain that nobody has is nobody's", async () => {
  const world = messagingWorld();
  const ann = world.person("ann");
  await expect(world.sending.start(ann, ["bne@braid.test"], "start-typo")).rejects.toMatchObject({ code: "address/unknown" });
  expect((await world.reads.open(ann)).head.seq).toBe(0);
});

test("the same mail twice, and to several of us, is there once for each", async () => {
  const world = messagingWorld();
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const to = [{ address: "ann@braid.test" }, { address: "ben@braid.test" }];
  const first = mail(world, [ann, ben], { from: NORA, to, text: "both of you" });
  await world.receive.mail(first);
  await world.receive.mail(first);
  await world.receive.mail({ ...first, id: world.mint.next(), recipients: [ben] });
  for (const user of [ann, ben]) {
    const [thread] = await threads(world, user, "other");
    expect(thread).toMatchObject({ unread: 1, kind: "group" });
    expect((await world.reads.messages(user, thread?.id ?? "", { limit: 10 })).messages).toHaveLength(1);
  }
});

test("headers of a stranger lead nowhere: the thread they name has other people", async () => {
  const world = messagingWorld();
  const [ann] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "start-group");
  await world.sending.send(ann, thread.id, "among us", "client-0001");
  await world.settle();
  await world.receive.mail(mail(world, [ann], { from: MALLORY, to: [{ address: "ann@braid.test" }], answers: [thread.id], text: "let me in" }));
  expect((await world.reads.messages(ann, thread.id, { limit: 10 })).messages.map(({ text }) => text)).toEqual(["among us"]);
});
