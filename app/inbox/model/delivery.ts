import { CHANNEL } from "@/app/ui/channel";
import type { Channel, ParticipantId } from "@/domain/address";
import type { Delivery, Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { failureWords } from "./reasons";
import { listWords, momentWords } from "./words";

/** What the browser itself knows of a message the server has not confirmed yet. */
export type Unconfirmed = { readonly state: "sending" | "waiting" | "held" } | { readonly state: "failed"; readonly sentence: string };

export interface DeliveryWords {
  readonly words: string;
  /** Failed: shown in the colour of danger, with Retry and Discard. */
  readonly failed: boolean;
}

export interface DeliveryContext {
  readonly thread: Pick<Thread, "receipts" | "people">;
  readonly me: ParticipantId;
  readonly name: (id: ParticipantId) => string;
  /** Unix milliseconds. */
  readonly now: number;
  readonly unconfirmed?: Unconfirmed;
  /** A time that stands beside the words already, Unix milliseconds: the same minute is not said twice. */
  readonly beside?: number;
}

const said = (words: string, failed = false): DeliveryWords => ({ words, failed });

/** What became of my own message, in one sentence; the worst news first, then the best. */
export function deliveryWords(message: Pick<Message, "id" | "delivery" | "channel">, context: DeliveryContext): DeliveryWords {
  const { unconfirmed } = context;
  if (unconfirmed?.state === "failed") return said(`Not sent: ${lowered(unconfirmed.sentence)}`, true);
  if (unconfirmed?.state === "waiting") return said("Goes when you are back online");
  if (unconfirmed?.state === "held") return said("Waits to be saved and goes by itself");
  if (unconfirmed?.state === "sending") return said("Sending");
  const all = Object.entries(message.delivery ?? {});
  if (all.length === 0) return said(""); // notes to oneself reach nobody
  const failed = all.filter(([, delivery]) => delivery.state === "failed");
  if (failed.length > 0) return said(failureOf(failed, all.length, context), true);
  const [only] = all;
  return said(all.length === 1 && only ? oneWords(only[0], only[1], message, context) : manyWords(all, message, context));
}

/** The same for one recipient, for the details, where the name stands above. */
export function recipientWords(to: ParticipantId, delivery: Delivery, message: Pick<Message, "id">, context: DeliveryContext): string {
  if (delivery.state === "failed") return `Not delivered: ${failureWords(delivery)}`;
  return hasRead(to, message, context) ? "Read" : oneWords(to, delivery, message, context);
}

function oneWords(to: ParticipantId, delivery: Delivery, message: Pick<Message, "id">, context: DeliveryContext): string {
  const when = whenWords(delivery.at, context);
  if (hasRead(to, message, context)) return `Read by ${context.name(to)}`;
  switch (delivery.state) {
    case "sending":
      return sendingWords(delivery, context.now);
    case "sent":
      return delivery.channel === "chat" ? `Sent${when}` : `Sent ${CHANNEL[delivery.channel].as}${when}`;
    case "delivered":
      return `${DELIVERED[delivery.channel]}${when}`;
    case "failed":
      return `Not delivered: ${failureWords(delivery)}`;
    case "withheld":
      return "Not sent";
    default:
      return delivery.state satisfies never;
  }
}

const DELIVERED: Readonly<Record<Channel, string>> = {
  chat: "Delivered",
  email: "Delivered as e-mail",
  sms: "Delivered to the phone",
  site: "Delivered through the site",
};

function whenWords(at: number, { now, beside }: DeliveryContext): string {
  const when = momentWords(at, now);
  return beside !== undefined && momentWords(beside, now) === when ? "" : ` ${when}`;
}

function sendingWords(delivery: Delivery, now: number): string {
  const as = delivery.channel === "chat" ? "Sending" : `Sending ${CHANNEL[delivery.channel].as}`;
  if (!delivery.attempts || delivery.retryAt === undefined) return as;
  return `Not delivered yet: ${failureWords(delivery)} Next try ${momentWords(delivery.retryAt, now)}`;
}

const hasRead = (by: ParticipantId, message: Pick<Message, "id">, { thread }: DeliveryContext): boolean => (thread.receipts[by] ?? "") >= message.id;

function failureOf(failed: readonly [ParticipantId, Delivery][], of: number, { name }: DeliveryContext): string {
  const why = failureWords(failed[0]![1]);
  if (of === 1) return `Not delivered: ${why}`;
  return `Not delivered to ${listWords(failed.map(([id]) => name(id)))}: ${why}`;
}

function manyWords(all: readonly (readonly [ParticipantId, Delivery])[], message: Pick<Message, "id">, context: DeliveryContext): string {
  const readers = all.filter(([id]) => hasRead(id, message, context)).map(([id]) => context.name(id));
  if (readers.length === all.length) return "Read by everyone";
  if (readers.length > 0) return readers.length <= 3 ? `Read by ${listWords(readers)}` : `Read by ${readers.length} of ${all.length}`;
  const late = all.find(([, delivery]) => delivery.state === "sending" && delivery.attempts && delivery.retryAt !== undefined);
  if (late) return `${context.name(late[0])}: ${lowered(sendingWords(late[1], context.now))}`;
  const sending = all.filter(([, { state }]) => state === "sending").length;
  if (sending === all.length) return "Sending";
  const out = all.length - sending;
  return sending === 0 ? byChannelWords(all) : `Sent to ${out} of ${all.length}`;
}

/** "Delivered to 3", "Delivered to 2, sent as e-mail to 1". */
function byChannelWords(all: readonly (readonly [ParticipantId, Delivery])[]): string {
  const delivered = all.filter(([, { state }]) => state === "delivered").length;
  if (delivered === all.length) return "Delivered to everyone";
  const rest = all.filter(([, { state }]) => state === "sent");
  const as = new Set(rest.map(([, { channel }]) => channel)).size === 1 ? ` ${CHANNEL[rest[0]![1].channel].as}` : "";
  return delivered === 0 ? `Sent${as} to everyone` : `Delivered to ${delivered}, sent${as} to ${rest.length}`;
}

const lowered = (sentence: string): string => sentence.charAt(0).toLocaleLowerCase() + sentence.slice(1);
