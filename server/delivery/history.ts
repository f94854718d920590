import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message } from "@/domain/message";
import { type OutboxEntry, outboxKey } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import { encode } from "../mailbox/cells";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Rosters } from "../mailbox/rosters";
import { type Opening, opened, openingFor } from "../mailbox/threads";
import { byOwner } from "./owed";

const PAGE = 50;
/** Bytes of the messages that become one action. A cell holds 10 MB; less is quicker to write. */
const MAX_BYTES = 1_000_000;

export interface HistoryDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly mint: IdMinter;
  readonly clock: Clock;
}

/** Gives a newcomer the past of a group, a page at a time from the newest back; the outbox entry is the cursor. */
export class HistoryStep {
  constructor(private readonly deps: HistoryDeps) {}

  async run(user: Id, { threadId, to, upTo }: Extract<OutboxEntry, { kind: "history" }>): Promise<void> {
    const read = this.deps.mailboxes.readOwned(user, async (view) => ({
      page: await view.messagePage(threadId, { before: upTo, limit: PAGE }),
      thread: await view.thread(threadId),
    }));
    const { page, thread } = await byOwner(read);
    const given = fitting(page);
    const opening = thread && (await openingFor(this.deps.rosters, thread));
    if (opening?.people.includes(to)) await this.#share(to, opening, thread?.names ?? {}, given, `history:${threadId}:${user}:${upTo}`);
    const next = given.length < page.length || page.length === PAGE ? (given[0] as Message).id : null;
    const stamp = { at: this.deps.clock(), maker: `gave:${threadId}:${to}:${upTo}` };
    const key = outboxKey({ kind: "history", threadId, to, upTo });
    const told = this.deps.mailboxes.commit(user, undefined, async (view) => {
      const owed = await view.owed(key);
      // Who left and was added again meanwhile is owed the past from a later message on: that cursor is not this step's to move.
      return owed?.kind === "history" && owed.upTo === upTo ? [{ type: "HistoryGiven", ...stamp, threadId, to, upTo: next }] : [];
    });
    await byOwner(told);
  }

  async #share(to: Id, opening: Opening, names: Thread["names"], page: readonly Message[], maker: string): Promise<void> {
    const stamp = { at: this.deps.clock(), maker };
    await this.deps.mailboxes.commit(to, maker, async (view) => {
      const open = (await view.thread(opening.id)) === undefined ? [opened(opening, "messages", names, stamp, this.deps.mint)] : [];
      const known = await Promise.all(page.map(({ id }) => view.message(opening.id, id)));
      const fresh = page.filter((message, i) => message.deleted === undefined && known[i] === undefined).map(plain);
      return fresh.length === 0 ? open : [...open, { type: "HistoryShared", ...stamp, threadId: opening.id, messages: fresh }];
    });
  }
}

/** The newest of a page that go into one action: one at least. */
function fitting(page: readonly Message[]): readonly Message[] {
  let bytes = 0;
  for (let from = page.length - 1; from >= 0; from--) {
    bytes += encode(page[from]).length;
    if (bytes > MAX_BYTES) return page.slice(Math.min(from + 1, page.length - 1));
  }
  return page;
}

const plain = ({ delivery: _theirs, clientId: _maker, ...message }: Message): Message => message;
