import type { LogEntry } from "@/domain/action";
import type { ParticipantId } from "@/domain/address";
import type { Clock, Id, IdMinter, Random } from "@/domain/id";
import { EMPTY_HEAD } from "@/domain/reduce";
import { Company, type Signals } from "./company";
import { Ledger } from "./ledger";
import type { Limits } from "./limits";
import { Line } from "./line";
import { Loads } from "./loads";
import { Own } from "./own";
import { People } from "./people";
import type { MailboxApi, Shelf, Timers } from "./ports";
import { Topics } from "./topics";
import type { Me } from "./types";

export interface ReplicaDeps {
  readonly api: MailboxApi;
  readonly signals: Signals;
  readonly shelf: Shelf;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly random: Random;
  readonly mint: IdMinter;
  readonly limits?: Limits;
  /** Somebody else has signed in in this browser: nothing on the screen is theirs. */
  readonly changedHands: () => void;
}

/** An answer often overtakes the entry it speaks of; only after so many milliseconds the entry is asked for. */
const OVERTAKEN = 250;

/**
 * The mailbox in the browser: what is committed (the ledger), what the person has done since and is on its way (own), who the others are
 * and what they are doing just now. It knows no DOM and no socket; what it shows is told by topic.
 */
export class Replica {
  readonly topics = new Topics();
  readonly ledger: Ledger;
  readonly people: People;
  readonly company: Company;
  readonly line: Line;
  readonly #greetings: Loads<"greet">;
  #own: Own | undefined;

  constructor(readonly deps: ReplicaDeps) {
    const { topics } = this;
    const touch = topics.touch.bind(topics);
    this.people = new People({ ...deps, many: (ids) => deps.api.people(ids), touch });
    this.company = new Company({ ...deps, touch });
    this.line = new Line(deps.clock, () => touch("connection"));
    this.#greetings = new Loads({ ...deps, changed: () => {} });
    this.ledger = new Ledger({
      ...deps,
      topics,
      acts: (threadId) => this.#own?.outgoing.of(threadId) ?? [],
      busy: () => this.#own?.outgoing.threads() ?? [],
      applied: (entry) => this.#applied(entry),
      skipped: (seq) => this.#own?.outgoing.passed(seq),
      met: (thread) => this.people.name(thread.names),
    });
  }

  /** What the person who is signed in does; undefined until it is known who that is. */
  get own(): Own | undefined {
    return this.#own;
  }

  me(): Me | undefined {
    return this.#own?.me;
  }

  typing(threadId: Id): readonly ParticipantId[] {
    return this.topics.view(`typing:${threadId}`, () => this.company.typingIn(threadId));
  }

  draft(threadId: Id): string {
    return this.#own?.drafts.local(threadId) ?? this.ledger.seen(threadId)?.thread.draft?.text ?? "";
  }

  /** Finds out who is signed in and goes on from there. Also called when no socket can be had: then it goes by HTTP, and so do messages. */
  greet(): void {
    this.#greetings.run("greet", async () => {
      if (!this.line.greeted && (await this.line.greet(() => this.#greeting()))) this.#goOn();
      return true;
    });
  }

  connected(): void {
    this.line.connected();
    this.company.connected();
    this.greet();
  }

  disconnected(): void {
    this.line.lost();
    this.#own?.outgoing.close();
    this.company.disconnected();
  }

  refused(): void {
    this.line.refused();
    this.greet();
  }

  /** The page is looked at again: it may have slept. */
  woke(): void {
    if (this.line.greeted) this.ledger.goOn();
  }

  /** Entries that came by themselves. Until the connection is known to be this person's they may be anybody's. */
  entries(entries: readonly LogEntry[]): void {
    if (this.line.greeted) this.ledger.push(entries);
  }

  /** Something was committed at this position. It is on its way here; if it does not come, it is asked for. */
  committed(seq: number): void {
    this.#own?.outgoing.passed(this.ledger.cursor);
    if (seq > this.ledger.cursor) this.deps.timers.after(OVERTAKEN, () => void this.ledger.reach(seq));
  }

  stop(): void {
    this.disconnected();
    this.#own?.drafts.flush();
    this.#greetings.stop();
    this.ledger.stop();
  }

  async #greeting(): Promise<boolean> {
    const { api, changedHands } = this.deps;
    const [me, opened] = await Promise.all([api.me(), this.ledger.hasBegun ? undefined : api.open()]);
    if (this.#own && this.#own.me.id !== me.id) {
      changedHands();
      return false;
    }
    if (this.#own) this.#own.me = me;
    else this.#own = this.#ownOf(me);
    if (!this.ledger.hasBegun) this.ledger.begin(me.id, opened?.head ?? EMPTY_HEAD);
    this.people.know([me]);
    this.topics.touch("me");
    return true;
  }

  #ownOf(me: Me): Own {
    return new Own(me, {
      ...this.deps,
      seen: (threadId) => this.ledger.seen(threadId),
      actsChanged: (threadId) => this.ledger.refresh([threadId], `messages:${threadId}`, "head"),
      draftChanged: (threadId) => this.topics.touch(`draft:${threadId}`),
      committed: (seq) => this.committed(seq),
      stalled: (since) => this.line.stalled(since),
    });
  }

  /** The connection stands and is this person's. */
  #goOn(): void {
    this.#own?.outgoing.open();
    this.#own?.drafts.flush();
    this.people.again();
    this.ledger.goOn();
  }

  #applied({ seq, action }: LogEntry): void {
    if (action.type === "MessageArrived") this.company.stopped(action.threadId, action.message.from);
    if (action.type === "ThreadOpened") return;
    this.#own?.outgoing.committed(action.threadId, action);
    this.#own?.outgoing.passed(seq);
  }
}
