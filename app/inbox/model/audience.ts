import { CHANNEL } from "@/app/ui/channel";
import { type Channel, isOutside, nativeChannel, type ParticipantId } from "@/domain/address";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { othersOf } from "./names";
import { capital, listWords } from "./words";

export interface AudienceContext {
  readonly me: ParticipantId;
  readonly name: (id: ParticipantId) => string;
  /** The address of somebody outside, or the name when there is none. */
  readonly address: (id: ParticipantId) => string;
  /** The address my mails come from. */
  readonly from?: string;
}

export interface Audience {
  /** What will happen on Enter: "As chat to Ben". */
  readonly words: string;
  /** What is to be considered first, or nothing. */
  readonly warning?: string;
  /** The channel to draw beside the words; undefined when there are several. */
  readonly channel?: Channel;
}

/** Says beforehand where a message goes, and how. */
export function audienceOf(thread: Pick<Thread, "people" | "kind">, messages: readonly Message[], context: AudienceContext): Audience {
  const others = othersOf(thread, context.me);
  if (others.length === 0) return { words: "Only you see this", channel: "chat" };
  const warning = audienceWarning(others, messages, context);
  const channels = [...new Set(others.map(nativeChannel))];
  const [channel] = channels;
  const words =
    channels.length === 1 && channel ? oneChannelWords(channel, others, context) + becauseWords(channel, others, messages, context) : mixedWords(others);
  return { words, ...(warning !== undefined && { warning }), ...(channels.length === 1 && { channel }) };
}

function oneChannelWords(channel: Channel, others: readonly ParticipantId[], { name, address, from }: AudienceContext): string {
  const to = listWords(others.map(channel === "chat" ? name : address), 3);
  const sender = channel === "email" && from !== undefined ? `, from ${from}` : "";
  return `${capital(CHANNEL[channel].as)} to ${to}${sender}`;
}

/** Why the answer to an e-mail goes as chat: a surprise is explained, the usual is not. */
function becauseWords(channel: Channel, others: readonly ParticipantId[], messages: readonly Message[], { name }: AudienceContext): string {
  const [only] = others;
  if (channel !== "chat" || only === undefined || others.length > 1) return "";
  const last = messages.findLast(({ from, event }) => from === only && event === undefined);
  return last === undefined || last.channel === channel ? "" : `, because ${name(only)} uses Braid`;
}

const ORDER: readonly Channel[] = ["chat", "email", "sms", "site"];

function mixedWords(others: readonly ParticipantId[]): string {
  const counts = ORDER.map((channel) => [channel, others.filter((id) => nativeChannel(id) === channel).length] as const);
  return `To ${others.length}: ${counts
    .filter(([, count]) => count > 0)
    .map(([channel, count]) => `${count} ${CHANNEL[channel].by}`)
    .join(", ")}`;
}

/** Somebody new since I last wrote comes first; somebody outside among people inside comes next. */
function audienceWarning(others: readonly ParticipantId[], messages: readonly Message[], { me, name, address }: AudienceContext): string | undefined {
  const newcomers = newSince(messages, me).filter((id) => others.includes(id));
  if (newcomers.length > 0) return `${listWords(newcomers.map(name))} ${newcomers.length === 1 ? "is" : "are"} new here since you last wrote`;
  const outside = others.filter(isOutside);
  if (outside.length === 0 || outside.length === others.length) return undefined;
  const ways = [...new Set(outside.map((id) => CHANNEL[nativeChannel(id)].by))];
  return `${listWords(outside.map(address))} ${outside.length === 1 ? "is" : "are"} outside Braid and ${outside.length === 1 ? "gets" : "get"} this ${listWords(ways)}`;
}

/** People added after my last message, by others. Whoever I added myself is no surprise. */
function newSince(messages: readonly Message[], me: ParticipantId): readonly ParticipantId[] {
  const added: ParticipantId[] = [];
  for (let at = messages.length - 1; at >= 0; at--) {
    const { from, event } = messages[at]!;
    if (from === me && event === undefined) return added;
    if (from !== me && event?.type === "added") added.push(...event.people.filter((id) => id !== me));
  }
  return []; // I have not written here, as far as is loaded: everybody is equally new
}
