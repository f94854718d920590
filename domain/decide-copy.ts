import { endOf, localTime } from "./hours";
import type { Id } from "./id";
import type { PresenceState } from "./realtime";
import type { TextKind, TextWishes } from "./texting";
import type { Folder } from "./thread";

/** Why a message went, goes later, or does not go to the recipient's phone as well: stable words, which both sides can see as sentences. */
export type CopyReason =
  | "was-offline"
  | "was-away"
  | "after-quiet-hours"
  | "may-read-soon"
  | "quiet-hours"
  | "just-texted"
  | "joined"
  | "read-meanwhile"
  | "is-here"
  | "deleted"
  | "muted"
  | "not-in-messages"
  | "kind-off"
  | "texts-off"
  | "phone-off"
  | "unlinked"
  | "asked-to-stop"
  | "no-carrier"
  | "too-dear"
  | "cap-reached"
  | "too-late";

export type CopyDecision =
  /** Now, with what is in `along`. `last`: the day has no other. `again`: that was decided before, and it may have gone. */
  | { readonly do: "text"; readonly reason: CopyReason; readonly along: readonly Id[]; readonly last: boolean; readonly again: boolean }
  /** Decide once more then, Unix milliseconds. */
  | { readonly do: "wait"; readonly reason: CopyReason; readonly until: number }
  | { readonly do: "nothing"; readonly reason: CopyReason };

/** A text that was decided on, and the messages that went along in it. */
export interface CopyText {
  readonly at: number;
  readonly phone: string;
  readonly threadId: Id;
  readonly messageId: Id;
  readonly along: readonly Id[];
}

export interface CopyFacts {
  readonly now: number;
  /** E.164. */
  readonly phone: string;
  readonly linked: boolean;
  readonly wishes: TextWishes;
  readonly message: { readonly id: Id; readonly threadId: Id; readonly at: number; readonly kind: TextKind };
  readonly folder: Folder;
  readonly muted: boolean;
  readonly read: boolean;
  readonly deleted: boolean;
  readonly presence: PresenceState;
  /** Whoever has the phone said STOP. */
  readonly stopped: boolean;
  /** Millionths for one segment: what the cheapest carrier asks for, if there is one, and the most that a copy may cost. */
  readonly price: number | undefined;
  readonly mostPrice: number;
  /** Other messages of the conversation whose copies to this phone have not gone: earlier ones, oldest first, and whether a later one waits. */
  readonly earlier: readonly Id[];
  readonly laterWaits: boolean;
  /** Texts of the last two days, oldest first. */
  readonly texts: readonly CopyText[];
  /** What was decided the last time. */
  readonly before?: CopyReason | undefined;
}

const SECOND = 1_000;
/** Somebody who looks at Braid reads what comes; who has it open beside other things comes back to it, or does not. */
export const READS_WITHIN = { online: 120 * SECOND, away: 60 * SECOND, offline: 0 } as const satisfies Record<PresenceState, number>;
/** Between two texts of one conversation: what comes in between goes in one. */
export const BETWEEN = 120 * SECOND;
/** What could not go for so long is no news. */
export const TOO_LATE = 24 * 60 * 60 * SECOND;

/**
 * Whether a message that arrived goes to a phone of its recipient as well. Asked when it arrives, and again whenever it said to wait: what is true then
 * counts. The first rule that has something to say decides.
 */
export function decideCopy(facts: CopyFacts): CopyDecision {
  for (const rule of RULES) {
    const decision = rule(facts);
    if (decision !== undefined) return decision;
  }
  return text(facts);
}

type Rule = (facts: CopyFacts) => CopyDecision | undefined;
const nothing = (reason: CopyReason): CopyDecision => ({ do: "nothing", reason });

const wished: Rule = ({ linked, wishes: { on, off, kinds }, phone, message, muted, folder }) => {
  if (!linked) return nothing("unlinked");
  if (!on) return nothing("texts-off");
  if (off.includes(phone)) return nothing("phone-off");
  if (muted) return nothing("muted");
  if (folder !== "messages") return nothing("not-in-messages");
  return kinds[message.kind] ? undefined : nothing("kind-off");
};

const news: Rule = ({ read, deleted, now, message }) => {
  if (read) return nothing("read-meanwhile");
  if (deleted) return nothing("deleted");
  return now - message.at >= TOO_LATE ? nothing("too-late") : undefined;
};

const allowed: Rule = ({ stopped, price, mostPrice }) => {
  if (stopped) return nothing("asked-to-stop");
  if (price === undefined) return nothing("no-carrier");
  return price > mostPrice ? nothing("too-dear") : undefined;
};

/** It went, or goes, in one text with another. What has a text of its own begun stays with it. */
const alone: Rule = (facts) => {
  const { texts, phone, message, laterWaits } = facts;
  if (texts.some((text) => text.phone === phone && text.along.includes(message.id))) return nothing("joined");
  return laterWaits && begun(facts) === undefined ? nothing("joined") : undefined;
};

const unseen: Rule = ({ presence, now, message }) => {
  const until = message.at + READS_WITHIN[presence];
  if (now < until) return { do: "wait", reason: "may-read-soon", until };
  return presence === "online" ? nothing("is-here") : undefined;
};

const awake: Rule = ({ wishes: { quiet, zone }, now }) => {
  const until = quiet === undefined ? now : endOf(now, quiet, zone);
  return until > now ? { do: "wait", reason: "quiet-hours", until } : undefined;
};

const bounded: Rule = (facts) => {
  if (begun(facts) !== undefined) return undefined;
  if (today(facts).length >= facts.wishes.daily) return nothing("cap-reached");
  const { texts, phone, message, now } = facts;
  const last = texts.findLast((text) => text.phone === phone && text.threadId === message.threadId);
  const until = (last?.at ?? 0) + BETWEEN;
  return now < until ? { do: "wait", reason: "just-texted", until } : undefined;
};

const RULES: readonly Rule[] = [wished, news, allowed, alone, unseen, awake, bounded];

function text(facts: CopyFacts): CopyDecision {
  const { texts, phone, earlier, presence, before, wishes } = facts;
  const own = begun(facts);
  const gone = new Set(texts.filter((text) => text.phone === phone).flatMap(({ messageId, along }) => [messageId, ...along]));
  const along = own?.along ?? earlier.filter((id) => !gone.has(id));
  const day = today(facts);
  const place = own === undefined ? day.length : day.indexOf(own);
  const reason = before === "quiet-hours" ? "after-quiet-hours" : presence === "away" ? "was-away" : "was-offline";
  return { do: "text", reason, along, last: place + 1 >= wishes.daily, again: own !== undefined };
}

const begun = ({ texts, phone, message }: CopyFacts): CopyText | undefined => texts.find((text) => text.phone === phone && text.messageId === message.id);

function today({ texts, now, wishes: { zone } }: CopyFacts): readonly CopyText[] {
  const { day } = localTime(now, zone);
  return texts.filter(({ at }) => localTime(at, zone).day === day);
}
