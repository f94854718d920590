import type { Action } from "@/domain/action";
import type { Id, Random } from "@/domain/id";
import { failureOf, isPassing, isPause, isSignedOut } from "../api/failure";
import type { Act, Pending } from "./acts";
import { backoff } from "./backoff";
import type { Timers } from "./ports";
import type { SendShelf } from "./send-shelf";
import type { Stall } from "./stall";
import type { Failure, Outcome } from "./types";

export interface OutgoingDeps {
  readonly deliver: (pending: Pending) => Promise<{ seq: number }>;
  readonly shelf: SendShelf;
  readonly timers: Timers;
  readonly random: Random;
  readonly stall: Stall;
  /** The acts of a thread have changed. */
  readonly changed: (threadId: Id) => void;
  /** An act was committed at this position. */
  readonly answered: (seq: number) => void;
  /** A message could not be sent. */
  readonly failed: (pending: Pending) => void;
}

/** Refusals that may pass are tried so often before a person has to decide. A pause of the store is waited for, however long. */
const MAX_TRIES = 5;
const NONE: readonly Pending[] = [];

/**
 * Acts on their way to the server: in order within a thread, side by side between threads, exactly once thanks to their makers. An act
 * stays until the cursor has passed its commit, so the screen never shows the moment between. Messages are on the shelf until then.
 */
export class Outgoing {
  readonly #acts = new Map<Id, readonly Pending[]>();
  readonly #outcomes = new Map<Id, (failure?: Failure) => void>();
  /** Tried at least once: perhaps committed, so not to be altered any more. */
  readonly #tried = new Set<Id>();
  readonly #running = new Set<Id>();
  readonly #pauses = new Set<() => void>();
  #open = false;

  constructor(private readonly deps: OutgoingDeps) {
    for (const pending of deps.shelf.all()) this.#set(pending.threadId, [...this.of(pending.threadId), pending]);
  }

  of(threadId: Id): readonly Pending[] {
    return this.#acts.get(threadId) ?? NONE;
  }
  threads(): readonly Id[] {
    return [...this.#acts.keys()];
  }

  add(pending: Pending): Outcome {
    const { threadId, act } = pending;
    this.#supersede(threadId, act);
    if (act.type === "send") this.deps.shelf.put(pending);
    const outcome = new Promise<Failure | undefined>((resolve) => this.#outcomes.set(pending.maker, resolve));
    this.#set(threadId, [...this.of(threadId), pending]);
    void this.#run(threadId);
    return outcome;
  }

  /** Sends a failed message again, after those that wait already, with the same maker. */
  retry(threadId: Id, maker: Id): void {
    const pending = this.#failed(threadId, maker);
    if (pending === undefined) return;
    const { failure: _over, ...again } = pending;
    this.deps.shelf.put(again);
    this.#set(threadId, [...this.of(threadId).filter((other) => other !== pending), again]);
    void this.#run(threadId);
  }

  discard(threadId: Id, maker: Id): Pending | undefined {
    const pending = this.#failed(threadId, maker);
    if (pending) this.#drop(pending);
    return pending;
  }

  /** The way to the server is open (again): everything that waits goes, at once. */
  open(): void {
    this.#open = true;
    for (const wake of [...this.#pauses]) wake();
    for (const threadId of this.threads()) void this.#run(threadId);
  }

  close(): void {
    this.#open = false;
    for (const wake of [...this.#pauses]) wake();
  }

  /** A committed action with the maker of an act ends it, also when the answer to the act was lost. */
  committed(threadId: Id, { maker }: Action): void {
    const id = maker.slice(maker.lastIndexOf(":") + 1);
    const pending = this.of(threadId).find((act) => act.maker === id);
    if (pending) this.#drop(pending);
  }

  /** Ends all acts committed up to here. */
  passed(cursor: number): void {
    for (const acts of [...this.#acts.values()]) for (const pending of acts) if ((pending.seq ?? Number.POSITIVE_INFINITY) <= cursor) this.#drop(pending);
  }

  /** Only the last reading position and the last draft matter; a message sent makes drafts before it pointless. */
  #supersede(threadId: Id, { type }: Act): void {
    for (const pending of this.of(threadId)) {
      const pointless = type === pending.act.type ? type === "read" || type === "draft" : type === "send" && pending.act.type === "draft";
      if (pointless && !this.#tried.has(pending.maker)) this.#drop(pending);
    }
  }

  async #run(threadId: Id): Promise<void> {
    if (this.#running.has(threadId)) return;
    this.#running.add(threadId);
    for (let tries = 0; this.#open; ) {
      const next = this.of(threadId).find(({ failure, seq }) => failure === undefined && seq === undefined);
      if (next === undefined) break;
      tries = (await this.#attempt(next, tries + 1)) ? 0 : tries + 1;
      if (tries > 0 && (await this.#pause(tries)) === "woken") tries = 0;
    }
    this.#running.delete(threadId);
  }

  /** Answers whether the act is settled, one way or the other. */
  async #attempt(pending: Pending, tries: number): Promise<boolean> {
    try {
      this.#tried.add(pending.maker);
      this.deps.stall.began(pending.maker);
      const { seq } = await this.deps.deliver(pending);
      this.#replace({ ...pending, seq });
      this.#resolve(pending);
      this.deps.answered(seq);
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || isSignedOut(failure) || isPause(failure) || (isPassing(failure) && tries < MAX_TRIES)) return false;
      this.#refused({ ...pending, failure }, failure);
      return true;
    }
  }

  #refused(pending: Pending, failure: Failure): void {
    this.#resolve(pending, failure);
    if (pending.act.type !== "send") {
      this.#drop(pending);
      return;
    }
    this.deps.shelf.put(pending);
    this.#replace(pending);
    this.deps.failed(pending);
  }

  #pause(tries: number): Promise<"woken" | "over"> {
    return new Promise((go) => {
      const wake = () => end("woken");
      const cancel = this.deps.timers.after(backoff(tries, this.deps.random), () => end("over"));
      const end = (how: "woken" | "over") => {
        cancel();
        this.#pauses.delete(wake);
        go(how);
      };
      this.#pauses.add(wake);
    });
  }

  #failed(threadId: Id, maker: Id): Pending | undefined {
    return this.of(threadId).find((pending) => pending.maker === maker && pending.failure !== undefined);
  }

  #replace(pending: Pending): void {
    const acts = this.of(pending.threadId);
    if (acts.some(({ maker }) => maker === pending.maker))
      this.#set(
        pending.threadId,
        acts.map((act) => (act.maker === pending.maker ? pending : act)),
      );
  }

  #drop(pending: Pending): void {
    if (pending.act.type === "send") this.deps.shelf.remove(pending);
    this.#tried.delete(pending.maker);
    this.#resolve(pending);
    this.#set(
      pending.threadId,
      this.of(pending.threadId).filter(({ maker }) => maker !== pending.maker),
    );
  }

  #resolve({ maker }: Pending, failure?: Failure): void {
    this.deps.stall.ended(maker);
    this.#outcomes.get(maker)?.(failure);
    this.#outcomes.delete(maker);
  }

  #set(threadId: Id, acts: readonly Pending[]): void {
    if (acts.length === 0) this.#acts.delete(threadId);
    else this.#acts.set(threadId, acts);
    this.deps.changed(threadId);
  }
}
