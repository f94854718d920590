import type { ActionOf } from "@/domain/action";
import { isOutside, type ParticipantId } from "@/domain/address";
import { decideWay } from "@/domain/decide";
import { AppError } from "@/domain/error";
import type { Clock, Id, IdMinter } from "@/domain/id";
import { type Delivery, MAX_TEXT, type Message, type SmsPart } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "./mailboxes";
import type { Committed } from "./owner";
import { type Directory, resolvePeople } from "./people";
import { known } from "./reads";
import type { Rosters } from "./rosters";
import { type Opening, opened, threadOfPeople } from "./threads";

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
    const stamp = { at: this.deps.clock(), maker: `send:${clientId}` };
    const committed = await this.deps.mailboxes.commit(user, stamp.maker, async (view) => {
      const thread = known(await view.thread(threadId));
      if (thread.left !== undefined) throw new AppError("thread/left");
      return [await this.#sent(user, thread, stamp, { text, clientId })];
    });
    return { message: await this.#messageOf(user, committed), seq: committed.seq };
  }

  /**
   * A text from a phone of the person's own: it goes to everybody as if it had been written here, and is shown as SMS. Opens the conversation
   * if the person does not have it yet. Answers false when the person has left it.
   */
  async sendText(user: Id, opening: Opening, { id, at, text, sms, files }: Pick<Message, "id" | "at" | "text" | "files"> & { sms: SmsPart }): Promise<boolean> {
    const stamp = { at, maker: `sms:${id}` };
    let left = false;
    await this.deps.mailboxes.commit(user, stamp.maker, async (view) => {
      const mine = await view.thread(opening.id);
      left = mine?.left !== undefined;
      if (left) return [];
      const first = opened(opening, "messages", {}, stamp, this.deps.mint);
      return [...(mine === undefined ? [first] : []), await this.#sent(user, mine ?? first.thread, stamp, { id, text, sms, ...(files && { files }) })];
    });
    return !left;
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

  async #sent(
    user: Id,
    thread: Pick<Thread, "id" | "people" | "activity">,
    stamp: { at: number; maker: string },
    written: Pick<Message, "text" | "clientId" | "sms" | "files"> & { id?: Id },
  ): Promise<ActionOf<"MessageSent">> {
    const { id = this.deps.mint.next(thread.activity) } = written;
    const threadId = thread.id;
    const delivery = await this.#deliveries(user, thread.people, stamp.at);
    const channel = written.sms === undefined ? mainChannel(delivery) : "sms";
    return { type: "MessageSent", ...stamp, threadId, message: { ...written, id, threadId, from: user, channel, at: stamp.at, ...(delivery && { delivery }) } };
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
