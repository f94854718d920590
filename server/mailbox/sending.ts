import { isOutside, type ParticipantId } from "@/domain/address";
import { decideWay } from "@/domain/decide";
import { AppError } from "@/domain/error";
import type { Clock, Id, IdMinter } from "@/domain/id";
import { type Delivery, MAX_TEXT, type Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "./mailboxes";
import type { Committed } from "./owner";
import { type Directory, resolvePeople } from "./people";
import { known } from "./reads";
import type { Rosters } from "./rosters";
import { opened, threadOfPeople } from "./threads";

export interface SendingDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly directory: Directory;
  readonly domain: string;
  readonly country?: string;
  readonly mint: IdMinter;
  readonly clock: Clock;
}

/** Starting conversations and sending into them. */
export class Sending {
  constructor(private readonly deps: SendingDeps) {}

  /** Opens the one conversation with these people, or finds it. */
  async start(user: Id, named: readonly string[], maker: string): Promise<{ thread: Thread; seq: number }> {
    const { mailboxes, rosters, mint, clock } = this.deps;
    const at = clock();
    const people = [user, ...(await resolvePeople(this.deps, named))];
    const opening = await threadOfPeople(rosters, people, at, (id) => mailboxes.read(user, (view) => view.thread(id)));
    await mailboxes.commit(user, `start:${maker}`, async (view) =>
      (await view.thread(opening.id)) === undefined ? [opened(opening, "messages", {}, { at, maker: `start:${maker}` }, mint)] : [],
    );
    return mailboxes.read(user, async (view) => ({ thread: known(await view.thread(opening.id)), seq: view.head.seq }));
  }

  /** Resolves when the message is durable in the sender's mailbox, with what is owed to each recipient beside it. */
  async send(user: Id, threadId: Id, text: string, clientId: string): Promise<{ message: Message; seq: number }> {
    if (text.trim() === "") throw new AppError("message/empty");
    if (text.length > MAX_TEXT) throw new AppError("message/too-large", `A message can have ${MAX_TEXT} characters; this one has ${text.length}.`);
    const maker = `send:${clientId}`;
    const at = this.deps.clock();
    const committed = await this.deps.mailboxes.commit(user, maker, async (view) => {
      const thread = known(await view.thread(threadId));
      if (thread.left !== undefined) throw new AppError("thread/left");
      const id = this.deps.mint.next(thread.activity);
      const delivery = await this.#deliveries(user, thread.people, at);
      const message: Message = { id, threadId, from: user, channel: mainChannel(delivery), at, text, clientId, ...(delivery && { delivery }) };
      return [{ type: "MessageSent", at, maker, threadId, message }];
    });
    return { message: await this.#messageOf(user, committed), seq: committed.seq };
  }

  /** Owes the message again to everybody it did not reach. */
  async retry(user: Id, threadId: Id, messageId: Id, maker: string): Promise<{ seq: number }> {
    const at = this.deps.clock();
    const { seq } = await this.deps.mailboxes.commit(user, undefined, async (view) => {
      const message = await view.message(threadId, messageId);
      if (message === undefined || message.from !== user) throw new AppError("message/unknown");
      const failed = Object.entries(message.delivery ?? {}).filter(([, { state }]) => state === "failed");
      return failed.map(([to, { channel }]) => ({
        type: "DeliveryReported",
        at,
        maker: `retry:${maker}`,
        threadId,
        messageId,
        to,
        delivery: { state: "sending", channel, at, reason: "tried-again" },
      }));
    });
    return { seq };
  }

  async #deliveries(user: Id, people: readonly ParticipantId[], at: number): Promise<Record<ParticipantId, Delivery> | undefined> {
    const others = people.filter((person) => person !== user);
    if (others.length === 0) return undefined;
    const accounts = await this.deps.directory.many(others.filter((person) => !isOutside(person)));
    return Object.fromEntries(others.map((to) => [to, begin(to, accounts.has(to), at)]));
  }

  async #messageOf(user: Id, { entries, repeat }: Committed): Promise<Message> {
    const action = entries[0]?.action;
    if (action?.type === "MessageSent") return action.message;
    const message = repeat?.messageId === undefined ? undefined : await this.#stored(user, repeat.threadId, repeat.messageId);
    if (message === undefined) throw new AppError("message/unknown");
    return message;
  }

  #stored(user: Id, threadId: Id, messageId: Id): Promise<Message | undefined> {
    return this.deps.mailboxes.read(user, (view) => view.message(threadId, messageId));
  }
}

function begin(to: ParticipantId, known: boolean, at: number): Delivery {
  const { by, channel, reason } = decideWay({ to, known });
  return { state: by === "none" ? "failed" : "sending", channel, at, reason };
}

/** The channel a message is shown under: chat when anybody gets it as chat, else the way it went. */
const mainChannel = (delivery: Record<ParticipantId, Delivery> | undefined) => {
  const channels = Object.values(delivery ?? {}).map(({ channel }) => channel);
  return channels.length === 0 || channels.includes("chat") ? "chat" : (channels[0] ?? "chat");
};
