import type { Action } from "@/domain/action";
import { isOutside, type ParticipantId, whoOf } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { type Delivery, MAX_PEOPLE, type Message, type ThreadEvent } from "@/domain/message";
import { type OutboxEntry, outboxKey, type RosterChange } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import { resolvePeople } from "./people";
import { known } from "./reads";
import type { Roster } from "./rosters";
import type { SendingDeps } from "./sending";

type Intent = Extract<OutboxEntry, { kind: "roster" }>;

/**
 * Who is in a group, and what it is called. Three writes: what is meant, into the mailbox of who means it; the roster; and what came of it,
 * into the mailbox again, from where everybody else hears of it. Whatever ends in the middle is finished by the deliverer, for the intent is
 * owed until the last.
 */
export class Groups {
  constructor(private readonly deps: SendingDeps) {}

  /** Newcomers see the past: it is owed to them in the same commit that says they are there. */
  async add(user: Id, threadId: Id, named: readonly string[], maker: string): Promise<{ seq: number }> {
    const wanted = await resolvePeople(this.deps, named);
    const before = await this.#groupOf(user, threadId);
    const added = wanted.filter((person) => whoOf(before.people, person) === undefined);
    if (added.length === 0) return this.deps.mailboxes.read(user, async (view) => ({ seq: view.head.seq }));
    return this.#change(user, threadId, maker, { type: "add", people: added });
  }

  leave(user: Id, threadId: Id, maker: string): Promise<{ seq: number }> {
    return this.#change(user, threadId, maker, { type: "leave" });
  }

  rename(user: Id, threadId: Id, name: string, maker: string): Promise<{ seq: number }> {
    return this.#change(user, threadId, maker, { type: "name", name });
  }

  /** Carries out what is still owed of an intent. What cannot be done is settled as well: who meant it was told, or has gone. */
  async finish(user: Id, intent: Intent): Promise<void> {
    await this.#finish(user, intent).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }

  /** A repeat of the same maker finishes what is left of it, if anything is, and is refused if it was. */
  async #change(user: Id, threadId: Id, maker: string, change: RosterChange): Promise<{ seq: number }> {
    const at = this.deps.clock();
    const stamp = { at, maker: `group:${maker}:intent` };
    await this.deps.mailboxes.commit(user, stamp.maker, async (view) => {
      ofGroup(await view.thread(threadId));
      return [{ type: "RosterIntended", ...stamp, threadId, by: maker, change }];
    });
    return this.#finish(user, { kind: "roster", threadId, by: maker, at, change });
  }

  async #finish(user: Id, intent: Intent): Promise<{ seq: number }> {
    const { threadId, by } = intent;
    const maker = `group:${by}`;
    const settled = `${maker}:settled`;
    const { owed, seq, refused } = await this.deps.mailboxes.read(user, async (view) => {
      const owed = await view.owed(outboxKey(intent));
      return { owed, seq: view.head.seq, refused: owed === undefined ? (await view.maker(settled))?.refused : undefined };
    });
    if (refused !== undefined) throw new AppError(refused);
    if (owed === undefined) return { seq };
    const at = this.deps.clock();
    const roster = await this.#carryOut(user, intent);
    const committed = await this.deps.mailboxes.commit(user, undefined, async (view) => {
      if ((await view.owed(outboxKey(intent))) === undefined) return [];
      const thread = known(await view.thread(threadId));
      const stamp = { at, maker, threadId };
      const told = isNews(roster, thread, makerOf(user, intent)) ? this.#told(user, thread, roster, eventOf(intent.change), stamp) : [];
      const refusal = roster instanceof AppError && { refused: roster.code };
      return [...told, { type: "RosterSettled", at, maker: settled, threadId, by, ...refusal }];
    });
    if (roster instanceof AppError) throw roster;
    return { seq: committed.seq };
  }

  /** The roster as it stands after the change, or why the change cannot be. */
  async #carryOut(user: Id, intent: Intent): Promise<Roster | AppError> {
    const { threadId, at, change } = intent;
    try {
      return await this.deps.rosters.change(threadId, at, makerOf(user, intent), (roster) => changed(roster, user, change));
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  #groupOf(user: Id, threadId: Id): Promise<Thread> {
    return this.deps.mailboxes.read(user, async (view) => ofGroup(await view.thread(threadId)));
  }

  /** Whoever is new to this mailbox is given the past, also when somebody else added them: that one's server may have stopped before it could. */
  #told(user: Id, thread: Thread, roster: Roster, event: ThreadEvent, stamp: { at: number; maker: string; threadId: Id }): Action[] {
    const { people, version, name } = roster;
    const delivery = eventDeliveries([...thread.people, ...people], user, stamp.at);
    const message: Message = {
      id: this.deps.mint.next(thread.activity),
      threadId: thread.id,
      from: user,
      channel: "chat",
      at: stamp.at,
      text: "",
      event,
      delivery,
    };
    const changed: Action = {
      type: "RosterChanged",
      ...stamp,
      people,
      roster: version,
      ...(name !== undefined && { name }),
      left: !people.includes(user),
      message,
    };
    const isNew = (person: ParticipantId) => !thread.people.includes(person) || (event.type === "added" && event.people.includes(person));
    const newcomers = people.filter((person) => !isOutside(person) && isNew(person));
    return newcomers.length === 0 ? [changed] : [changed, { type: "HistoryOwed", ...stamp, to: newcomers, upTo: message.id }];
  }
}

function ofGroup(found: Thread | undefined): Thread {
  const thread = known(found);
  if (thread.kind !== "group") throw new AppError("thread/not-a-group");
  if (thread.left !== undefined) throw new AppError("thread/left");
  return thread;
}

const makerOf = (user: Id, { by }: Intent): string => `${user} ${by}`;

/** The change is in the roster, though the mailbox may know of a later one already; or the roster has what the mailbox does not know. */
const isNews = (roster: Roster | AppError, thread: Thread, maker: string): roster is Roster =>
  !(roster instanceof AppError) && (roster.makers?.includes(maker) || thread.roster < roster.version);

/** Undefined when the roster is that way already. */
function changed({ people, name }: Roster, user: Id, change: RosterChange): Partial<Pick<Roster, "people" | "name">> | undefined {
  switch (change.type) {
    case "add": {
      const fresh = change.people.filter((person) => whoOf(people, person) === undefined);
      if (people.length + fresh.length > MAX_PEOPLE) throw new AppError("thread/too-many-people", `A conversation can hold ${MAX_PEOPLE} people.`);
      return fresh.length === 0 ? undefined : { people: [...people, ...fresh] };
    }
    case "leave":
      return people.includes(user) ? { people: people.filter((person) => person !== user) } : undefined;
    case "name":
      return name === change.name ? undefined : { name: change.name };
    default:
      return change satisfies never;
  }
}

function eventOf(change: RosterChange): ThreadEvent {
  switch (change.type) {
    case "add":
      return { type: "added", people: change.people };
    case "leave":
      return { type: "left" };
    case "name":
      return { type: "named", name: change.name };
    default:
      return change satisfies never;
  }
}

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === "thread/too-many-people" || error.code === "thread/not-a-group");

/** People outside are not written to about comings and goings: a mail each time would be noise. */
const eventDeliveries = (people: readonly ParticipantId[], user: Id, at: number): Record<ParticipantId, Delivery> =>
  Object.fromEntries(
    people.filter((person) => person !== user && !isOutside(person)).map((to) => [to, { state: "sending", channel: "chat", at, reason: "has-account" }]),
  );
