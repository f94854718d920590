import type { Clock, Id, IdMinter, Random } from "@/domain/id";
import { type Act, type Pending, predict } from "./acts";
import { Drafts } from "./drafts";
import { Outgoing } from "./outgoing";
import type { Seen } from "./overlay";
import type { MailboxApi, Shelf, Timers } from "./ports";
import { SendShelf } from "./send-shelf";
import { Stall } from "./stall";
import type { Me, Outcome } from "./types";

export interface OwnDeps {
  readonly api: Pick<MailboxApi, "act">;
  readonly shelf: Shelf;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly random: Random;
  readonly mint: IdMinter;
  readonly seen: (threadId: Id) => Seen | undefined;
  readonly actsChanged: (threadId: Id) => void;
  readonly draftChanged: (threadId: Id) => void;
  /** An act was committed at this position. */
  readonly committed: (seq: number) => void;
  /** Since when the server has not taken what the person did; undefined once it has. */
  readonly stalled: (since: number | undefined) => void;
}

const DONE: Outcome = Promise.resolve(undefined);

/** What the person who is signed in does: acts on their way and texts not yet sent. */
export class Own {
  readonly outgoing: Outgoing;
  readonly drafts: Drafts;

  constructor(
    public me: Me,
    private readonly deps: OwnDeps,
  ) {
    const { api, shelf, timers, clock, random } = deps;
    this.outgoing = new Outgoing({
      deliver: (pending) => api.act(pending),
      shelf: new SendShelf(shelf, me.id),
      timers,
      random,
      stall: new Stall(deps),
      changed: deps.actsChanged,
      answered: deps.committed,
      failed: (pending) => this.#notSent(pending),
    });
    const save = (threadId: Id, text: string) => this.act(threadId, { type: "draft", text });
    this.drafts = new Drafts({ shelf, user: me.id, timers, clock, save, changed: deps.draftChanged });
  }

  /** Does it on the screen and then for good; what changes nothing is not sent at all. */
  act(threadId: Id, act: Act): Outcome {
    const seen = this.deps.seen(threadId);
    const pending = this.#pending(threadId, act, seen);
    const idle = seen !== undefined && predict(pending, { me: this.me.id, ...seen }) === "none";
    return idle && !this.#isDrafting(pending) ? DONE : this.outgoing.add(pending);
  }

  /** The bubble first, then the empty composer: a crash between the two shows the text twice, never not at all. */
  send(threadId: Id, text: string): Id {
    const pending = this.#pending(threadId, { type: "send", text }, this.deps.seen(threadId));
    void this.outgoing.add(pending);
    this.drafts.set(threadId, "");
    return pending.maker;
  }

  /** A maker above everything in the thread, so that the preview of the thread takes the new message for the newest. */
  #pending(threadId: Id, act: Act, seen: Seen | undefined): Pending {
    return { maker: this.deps.mint.next(seen?.thread.activity || undefined), threadId, at: this.deps.clock(), act };
  }

  /** A text that only seems saved, because saving it is under way, must be saved in its own right: that other saving may fail. */
  #isDrafting({ threadId, act }: Pending): boolean {
    return act.type === "draft" && this.outgoing.of(threadId).some((other) => other.act.type === "draft");
  }

  /** With its message gone from the conversation, the draft it was written as would be back in the composer. */
  #notSent({ threadId }: Pending): void {
    const back = this.drafts.local(threadId) === undefined && this.deps.seen(threadId)?.thread.draft !== undefined;
    if (back) this.drafts.set(threadId, "");
  }
}
