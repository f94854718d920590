import type { ParticipantId } from "@/domain/address";
import type { Clock, Id } from "@/domain/id";
import { type PresenceState, TYPING_FADES } from "@/domain/realtime";
import type { Timers } from "./ports";
import type { Topic } from "./topics";

/** Threads whose people the server tells the presence of, at most. */
const MAX_WATCHED = 100;
/** Milliseconds between two typing signs of one's own in a thread: often enough that the sign does not fade between them. */
const TYPING_EVERY = TYPING_FADES / 2;

/** The part of the socket this needs. Nothing is queued: what cannot be told now is not worth telling later. */
export interface Signals {
  watch(threadIds: readonly Id[]): void;
  typing(threadId: Id): void;
}

export interface CompanyDeps {
  readonly signals: Signals;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly touch: (...topics: Topic[]) => void;
}

const NOBODY: readonly ParticipantId[] = [];

/** Who is there and who is writing: told, shown, and forgotten. */
export class Company {
  #presence: ReadonlyMap<ParticipantId, PresenceState> = new Map();
  readonly #typing = new Map<Id, ReadonlyMap<ParticipantId, () => void>>();
  readonly #wishes = new Map<symbol, readonly Id[]>();
  readonly #told = new Map<Id, number>();
  #watched = "";

  constructor(private readonly deps: CompanyDeps) {}

  get presence(): ReadonlyMap<ParticipantId, PresenceState> {
    return this.#presence;
  }

  typingIn(threadId: Id): readonly ParticipantId[] {
    const typing = this.#typing.get(threadId);
    return typing ? [...typing.keys()] : NOBODY;
  }

  /** Asks for presence in these threads until the returned function is called; all callers' wishes count together. */
  watch(threadIds: readonly Id[]): () => void {
    const wish = Symbol();
    this.#wishes.set(wish, threadIds);
    this.#tellWishes();
    return () => {
      this.#wishes.delete(wish);
      this.#tellWishes();
    };
  }

  /** The own person types; the others hear of it every now and then. */
  type(threadId: Id): void {
    const now = this.deps.clock();
    if (now - (this.#told.get(threadId) ?? Number.NEGATIVE_INFINITY) < TYPING_EVERY) return;
    this.#told.set(threadId, now);
    this.deps.signals.typing(threadId);
  }

  /** A message was sent: the next key is news again. */
  typed(threadId: Id): void {
    this.#told.delete(threadId);
  }

  presenceTold(states: Readonly<Record<ParticipantId, PresenceState>>): void {
    this.#presence = new Map([...this.#presence, ...Object.entries(states)]);
    this.deps.touch("presence");
  }

  typingTold(threadId: Id, person: ParticipantId): void {
    this.#typing.get(threadId)?.get(person)?.();
    const fade = this.deps.timers.after(TYPING_FADES, () => this.stopped(threadId, person));
    this.#typing.set(threadId, new Map([...(this.#typing.get(threadId) ?? []), [person, fade]]));
    this.deps.touch(`typing:${threadId}`);
  }

  /** Their message has come, or the sign has faded. */
  stopped(threadId: Id, person: ParticipantId): void {
    const typing = new Map(this.#typing.get(threadId));
    const fade = typing.get(person);
    if (fade === undefined) return;
    fade();
    typing.delete(person);
    this.#typing.set(threadId, typing);
    this.deps.touch(`typing:${threadId}`);
  }

  /** A new connection knows no wishes. */
  connected(): void {
    this.#watched = "";
    this.#tellWishes();
  }

  /** Without a connection nobody's presence is known. */
  disconnected(): void {
    this.#presence = new Map();
    for (const [threadId, typing] of this.#typing) for (const person of typing.keys()) this.stopped(threadId, person);
    this.deps.touch("presence");
  }

  #tellWishes(): void {
    const threadIds = [...new Set([...this.#wishes.values()].flat())].slice(0, MAX_WATCHED);
    const watched = threadIds.join();
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.deps.signals.watch(threadIds);
  }
}
