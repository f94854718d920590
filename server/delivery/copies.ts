import { outsidePhone, type ParticipantId } from "@/domain/address";
import { type CopyDecision, type CopyFacts, decideCopy } from "@/domain/decide-copy";
import type { Clock, Id } from "@/domain/id";
import type { Delivery, Message } from "@/domain/message";
import type { PresenceState } from "@/domain/realtime";
import type { TextKind, TextWishes } from "@/domain/texting";
import type { Folder, Thread } from "@/domain/thread";

/** The phones of a person, E.164, and what they want to be texted of. */
export interface Texting {
  readonly phones: readonly string[];
  readonly wishes: TextWishes;
}

export interface CopiesDeps {
  /** Remembered: it is asked for every message. undefined when no phone is linked. */
  readonly textingOf: (person: Id) => Promise<Texting | undefined>;
  readonly presence: (person: Id) => PresenceState;
  readonly clock: Clock;
  readonly failed: (error: unknown, on: Id) => void;
}

/** Where a message arrives. */
export type Place = Pick<Thread, "kind" | "folder"> & { readonly muted: boolean };
export const placeOf = ({ kind }: Pick<Thread, "kind">, folder: Folder, mine: Thread | undefined): Place => ({
  kind,
  folder,
  muted: mine?.muted !== undefined,
});

/** Adds to an arriving message what is owed to the phones of whom it arrives for. */
export type Copying = (message: Message, place: Place) => Message;

/** Copies of arriving messages to the phones of who is away. They are part of the message, and so of the commit with which it arrives. */
export interface Copies {
  /** What has to be known before the mailbox of a person is written to. Never fails: a message that arrives is worth more than its copy. */
  for(owner: Id): Promise<Copying>;
}

export const noCopies: Copies = { for: () => Promise.resolve((message) => message) };

export class CopiesToPhones implements Copies {
  constructor(private readonly deps: CopiesDeps) {}

  async for(owner: Id): Promise<Copying> {
    const texting = await this.deps.textingOf(owner).catch((error: unknown) => this.deps.failed(error, owner));
    if (texting === undefined) return (message) => message;
    return (message, place) => (message.from === owner || message.event !== undefined ? message : this.#with(owner, texting, message, place));
  }

  #with(owner: Id, texting: Texting, message: Message, place: Place): Message {
    const [at, presence] = [this.deps.clock(), this.deps.presence(owner)];
    const owed = texting.phones.flatMap((phone): [ParticipantId, Delivery][] => {
      const delivery = begin(decideCopy(factsAtArrival({ at, presence, phone, wishes: texting.wishes, message, place })), at);
      return delivery === undefined ? [] : [[outsidePhone(phone), delivery]];
    });
    return owed.length === 0 ? message : { ...message, delivery: { ...message.delivery, ...Object.fromEntries(owed) } };
  }
}

/** What a person's wishes rule out is not noted at each message: they stand in the settings. */
function begin(decision: CopyDecision, at: number): Delivery | undefined {
  if (decision.do === "nothing") return undefined;
  const wait = decision.do === "wait" && { retryAt: decision.until };
  return { state: "sending", channel: "sms", at, copy: decision.reason, ...wait };
}

interface Arrival {
  readonly at: number;
  readonly presence: PresenceState;
  readonly phone: string;
  readonly wishes: TextWishes;
  readonly message: Message;
  readonly place: Place;
}

/** What takes a look at the store is left to the step that follows: the phone's consent, the price, other texts. */
const factsAtArrival = ({ at, presence, phone, wishes, message, place }: Arrival): CopyFacts => ({
  ...{ now: at, presence, phone, linked: true, wishes, folder: place.folder, muted: place.muted },
  message: { id: message.id, threadId: message.threadId, at: message.at, kind: kindOf(message, place) },
  ...{ read: false, deleted: false, stopped: false, price: 0, mostPrice: 0, earlier: [], laterWaits: false, texts: [] },
});

export const kindOf = ({ channel }: Message, { kind }: Pick<Thread, "kind">): TextKind => (channel === "email" ? "email" : kind);
