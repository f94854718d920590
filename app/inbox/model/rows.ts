import type { Channel } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { endOfDay, startOfDay } from "./words";

/** A silence longer than this, in milliseconds, begins a new group even when the same person goes on. */
const SILENCE = 5 * 60_000;

/** One message as a row of the conversation, with what stands above it. */
export interface Row<M extends Message = Message> {
  /** Stays the same when a pending message is committed: the row neither jumps nor flickers. */
  readonly key: string;
  readonly message: M;
  /** Midnight of its day. */
  readonly day: number;
  readonly startsDay: boolean;
  /** First and last bubble of what one person said in one go, on one channel. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Channel of the bubble above, if there is one. */
  readonly before?: Channel;
  /** Set where the strand changes its channel. */
  readonly channel?: Channel;
  /** Set where an e-mail brings another subject than the one before it. */
  readonly subject?: string;
  /** The line "new" stands above this row. */
  readonly unread: boolean;
}

export interface RowOptions {
  /** Older messages exist that are not loaded: the first row then starts no day, so that loading them moves nothing. */
  readonly more: boolean;
  /** The first message not from me after this id carries the unread line. */
  readonly unreadAfter?: Id;
  readonly me: string;
}

export function rowsOf<M extends Message>(messages: readonly M[], { more, unreadAfter, me }: RowOptions): readonly Row<M>[] {
  const rows: Row<M>[] = [];
  let day = { from: 0, to: 0 };
  let subject: string | undefined;
  let marked = unreadAfter === undefined;
  const shown = messages.filter((message) => message.deleted === undefined);
  for (const [index, message] of shown.entries()) {
    const before = shown[index - 1];
    const after = shown[index + 1];
    const sameDay = message.at >= day.from && message.at < day.to;
    if (!sameDay) day = { from: startOfDay(message.at), to: endOfDay(message.at) };
    const startsDay = !sameDay && !(index === 0 && more);
    const unread: boolean = !marked && message.from !== me && message.id > unreadAfter!;
    if (unread) marked = true;
    const above = channelBefore(shown, index);
    const channel = message.event === undefined && above !== message.channel ? message.channel : undefined;
    const newSubject = message.mail?.subject !== undefined && subjectKey(message.mail.subject) !== subject ? message.mail.subject : undefined;
    if (message.mail?.subject !== undefined) subject = subjectKey(message.mail.subject);
    rows.push({
      key: keyOf(message),
      message,
      day: day.from,
      startsDay,
      opens: startsDay || unread || before === undefined || !together(before, message),
      closes: after === undefined || !together(message, after) || after.at >= day.to || (!marked && after.from !== me && after.id > unreadAfter!),
      ...(above !== undefined && { before: above }),
      ...(channel !== undefined && { channel }),
      ...(newSubject !== undefined && { subject: newSubject }),
      unread,
    });
  }
  return rows;
}

export const keyOf = (message: Pick<Message, "id" | "clientId">): string => message.clientId ?? message.id;

const together = (a: Message, b: Message): boolean =>
  a.from === b.from && a.channel === b.channel && a.event === undefined && b.event === undefined && b.at - a.at < SILENCE;

/** The channel of the bubble above; lines about the conversation have none of their own. */
function channelBefore(messages: readonly Message[], index: number): Channel | undefined {
  for (let at = index - 1; at >= 0; at--) if (messages[at]!.event === undefined) return messages[at]!.channel;
  return undefined;
}

/** Subjects that differ only by reply marks are one subject (RFC 5322 3.6.5; other languages have their own marks). */
function subjectKey(subject: string): string {
  return subject
    .replace(/^(?:\s*(?:re|fwd?|aw|wg|sv|vs|tr|rv|res|antw|odp|ynt)(?:\[\d+\])?\s*:)+/iu, "")
    .trim()
    .toLowerCase();
}
