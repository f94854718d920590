import { outsidePhone } from "@/domain/address";
import { type Id, IdMinter } from "@/domain/id";
import type { Message } from "@/domain/message";
import { opened, threadOfPeople } from "@/server/mailbox/threads";
import { systemRandom } from "@/server/platform/system";
import type { World } from "@/testkit/world";

/** How many messages are to wait in each mailbox, and under which numbers. */
export interface Filling {
  readonly each: number;
}

const mint = new IdMinter(Date.now, systemRandom);

/** Messages in one commit. */
const AT_ONCE = 250;

/**
 * Lets messages to phones wait in the outboxes of all who have signed up: as they are after sending, and nobody works on them. Their texts are
 * numbers, each once. Answers how many there are.
 */
export async function fill(world: World, handles: readonly string[], { each }: Filling): Promise<number> {
  await world.server.messaging.deliverer.stop();
  const people = await Promise.all(handles.map((handle) => world.idOf(handle)));
  await Promise.all(people.map((user, i) => fillOne(world, user, i, each)));
  return people.length * each;
}

async function fillOne({ server }: World, user: Id, number: number, each: number): Promise<void> {
  const { mailboxes, rosters } = server.messaging;
  const [at, phone] = [Date.now(), outsidePhone(`+1202557${1_000 + number}`)];
  const opening = await threadOfPeople(rosters, [user, phone], at, (id) => mailboxes.read(user, (view) => view.thread(id)));
  await mailboxes.commit(user, undefined, () => [opened(opening, "messages", {}, { at, maker: `queue-open-${number}` }, mint)]);
  const message = (n: number): Message => ({
    ...{ id: mint.next(), threadId: opening.id, from: user, channel: "sms", at, text: `no ${number * each + n}.` },
    ...{ clientId: `queue-${number * each + n}`, delivery: { [phone]: { state: "sending", channel: "sms", at, reason: "phone-outside" } } },
  });
  for (let first = 0; first < each; first += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, each - first) }, (_, i) => message(first + i));
    await mailboxes.commit(user, undefined, () =>
      messages.map((sent) => ({ type: "MessageSent" as const, at, maker: `send:${sent.clientId}`, threadId: opening.id, message: sent })),
    );
  }
}
