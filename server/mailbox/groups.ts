import type { Action } from "@/domain/action";
import { isOutside, type ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { type Delivery, MAX_PEOPLE, type Message, type ThreadEvent } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { resolvePeople } from "./people";
import { known } from "./reads";
import type { Roster } from "./rosters";
import type { SendingDeps } from "./sending";

/** Who is in a group, and what it is called. The roster changes first, then everybody's mailbox hears of it. */
export class Groups {
  constructor(private readonly deps: SendingDeps) {}

  /** Newcomers see the past: it is owed to them in the same commit. */
  async add(user: Id, threadId: Id, named: readonly string[], maker: string): Promise<{ seq: number }> {
    const wanted = await resolvePeople(this.deps, named);
    const before = await this.#groupOf(user, threadId);
    const added = wanted.filter((person) => !before.people.includes(person));
    if (added.length === 0) return this.deps.mailboxes.read(user, async (view) => ({ seq: view.head.seq }));
    return this.#change(user, threadId, maker, { type: "added", people: added }, (roster) => {
      const fresh = added.filter((person) => !roster.people.includes(person));
      if (roster.people.length + fresh.length > MAX_PEOPLE) throw new AppError("thread/too-many-people", `A conversation can hold ${MAX_PEOPLE} people.`);
      return fresh.length === 0 ? undefined : { people: [...roster.people, ...fresh] };
    });
  }

  async leave(user: Id, threadId: Id, maker: string): Promise<{ seq: number }> {
    return this.#change(user, threadId, maker, { type: "left" }, ({ people }) =>
      people.includes(user) ? { people: people.filter((person) => person !== user) } : undefined,
    );
  }

  async rename(user: Id, threadId: Id, name: string, maker: string): Promise<{ seq: number }> {
    return this.#change(user, threadId, maker, { type: "named", name }, (roster) => (roster.name === name ? undefined : { name }));
  }

  async #change(
    user: Id,
    threadId: Id,
    maker: string,
    event: ThreadEvent,
    change: (roster: Roster) => Partial<Pick<Roster, "people" | "name">> | undefined,
  ): Promise<{ seq: number }> {
    await this.#groupOf(user, threadId);
    const at = this.deps.clock();
    const roster = await this.deps.rosters.change(threadId, at, change);
    const { seq } = await this.deps.mailboxes.commit(user, `group:${maker}`, async (view) => {
      const thread = known(await view.thread(threadId));
      return thread.roster >= roster.version ? [] : this.#told(user, thread, roster, event, { at, maker: `group:${maker}`, threadId });
    });
    return { seq };
  }

  async #groupOf(user: Id, threadId: Id): Promise<Thread> {
    const thread = known(await this.deps.mailboxes.read(user, (view) => view.thread(threadId)));
    if (thread.kind !== "group") throw new AppError("thread/not-a-group");
    if (thread.left !== undefined) throw new AppError("thread/left");
    return thread;
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
    const newcomers = people.filter((person) => !isOutside(person) && !thread.people.includes(person));
    return newcomers.length === 0 ? [changed] : [changed, { type: "HistoryOwed", ...stamp, to: newcomers, upTo: message.id }];
  }
}

/** People outside are not written to about comings and goings: a mail each time would be noise. */
const eventDeliveries = (people: readonly ParticipantId[], user: Id, at: number): Record<ParticipantId, Delivery> =>
  Object.fromEntries(
    people.filter((person) => person !== user && !isOutside(person)).map((to) => [to, { state: "sending", channel: "chat", at, reason: "has-account" }]),
  );
