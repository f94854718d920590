import { describe, expect, test } from "vitest";
import { encodeId } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";
import type { Letter } from "@/server/delivery/outside-step";
import { Letters } from "./letters";
import { MailFailure } from "./mail-failure";
import { messageIdOf } from "./message-id";
import type { OutgoingMail } from "./outgoing";

const id = (n: number): string => encodeId(Buffer.alloc(16, n));
const [ANN, BOB, THREAD] = [id(1), id(2), id(3)];
const EVE = "mailto:eve@example.com";
const PEOPLE = new Map<string, Person>([
  [ANN, { id: ANN, name: "Ann", handle: "ann", outside: false, hue: 0 }],
  [BOB, { id: BOB, name: "Bob", handle: "bob", outside: false, hue: 0 }],
]);

const thread = (change: Partial<Thread> = {}): Thread => ({
  id: THREAD,
  kind: "direct",
  people: [BOB, ANN, EVE, "tel:+15550001"],
  names: { [EVE]: "Eve" },
  roster: 0,
  folder: "messages",
  activity: THREAD,
  knots: [],
  unread: 0,
  receipts: {},
  ...change,
});
const message = (n: number, change: Partial<Message> = {}): Message => ({
  id: id(n),
  threadId: THREAD,
  from: ANN,
  channel: "chat",
  at: n,
  text: "Hello",
  ...change,
});

async function sent(letter: Partial<Letter> = {}) {
  const mails: OutgoingMail[] = [];
  const letters = new Letters({
    transport: { send: async (mail) => ({ detail: `250 ${mails.push(mail)} so far` }), describe: () => "test" },
    directory: { many: async (ids) => new Map(ids.flatMap((one) => (PEOPLE.has(one) ? [[one, PEOPLE.get(one) as Person]] : []))) },
    domain: "braid.test",
  });
  const result = await letters.send({ user: ANN, message: message(9), thread: thread(), to: EVE, before: [], ...letter });
  return { result, mail: mails[0] as OutgoingMail };
}

describe("a message to somebody outside", () => {
  test("goes in the sender's name, and everybody can be answered", async () => {
    const { result, mail } = await sent();
    expect(mail).toMatchObject({
      envelope: { from: "ann@braid.test", to: "eve@example.com" },
      from: { address: "ann@braid.test", name: "Ann" },
      to: [
        { address: "bob@braid.test", name: "Bob" },
        { address: "eve@example.com", name: "Eve" },
      ],
      subject: "Message from Ann, Bob",
    });
    expect(result).toEqual({ reason: "accepted-by-relay", detail: "250 1 so far" });
    expect(mail.messageId).toBe(messageIdOf(id(9), THREAD, "braid.test"));
  });

  test("continues the conversation", async () => {
    const before = [message(4, { from: EVE, channel: "email", mail: { messageId: "m@x", subject: "Lunch", sender: "unproven" } })];
    expect((await sent({ before })).mail).toMatchObject({ inReplyTo: "m@x", references: ["m@x"], subject: "Re: Lunch" });
  });

  test("of a group bears its name, whoever writes", async () => {
    for (const from of [ANN, BOB]) expect((await sent({ message: message(9, { from }), thread: thread({ name: "Crew" }) })).mail.subject).toBe("Crew");
  });

  test.each([
    ["somebody gone", { message: message(9, { from: id(8) }) }],
    ["no address", { to: "tel:+15550001" }],
  ])("%s: refused for good", async (_, letter) => {
    await expect(sent(letter)).rejects.toSatisfy((error) => error instanceof MailFailure && error.permanent);
  });
});
