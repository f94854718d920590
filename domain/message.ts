import type { Channel, ParticipantId } from "./address";
import type { CopyReason } from "./decide-copy";
import type { Id } from "./id";

/** Characters of text kept in the mailbox itself; what is longer lives in the blob store and the message carries its beginning. */
export const MAX_TEXT = 20_000;
export const SNIPPET = 140;
export const MAX_PEOPLE = 250;

export interface Message {
  readonly id: Id;
  readonly threadId: Id;
  readonly from: ParticipantId;
  readonly channel: Channel;
  /** Unix milliseconds at which Braid accepted it. */
  readonly at: number;
  readonly text: string;
  /** The maker's id, so that the sender's own screen knows it again. */
  readonly clientId?: string;
  readonly mail?: MailPart;
  readonly sms?: SmsPart;
  /** Pictures and other files, in their order. Those of a mail stay in the mail. */
  readonly files?: readonly MessageFile[];
  /** A line about the conversation itself, written by nobody. */
  readonly event?: ThreadEvent;
  /** For my own messages: what became of it, per recipient. For those I got: what became of copies to my phones, by phone. */
  readonly delivery?: Readonly<Record<ParticipantId, Delivery>>;
  /** Deleted for the owner of this mailbox only; undo removes the record. */
  readonly deleted?: { readonly at: number };
}

/** What an e-mail brings beside its new text. The raw mail is in the blob store; quote and signature are folded on screen. */
export interface MailPart {
  /** RFC 5322 3.6.4, without angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly subject?: string;
  readonly fromAddress?: string;
  readonly fromName?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  /** The Date header, Unix milliseconds, as the sender claims it. */
  readonly date?: number;
  readonly quote?: string;
  readonly hasHtml?: boolean;
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
  /** Key of the raw mail in the blob store. */
  readonly raw?: string;
  readonly bytes?: number;
  /** Set when the text was longer than MAX_TEXT and is cut. */
  readonly cut?: boolean;
  /** Set when it could not be read: why, in a stable code. The original is kept. */
  readonly quarantined?: string;
  /** Whether anything proves the sender's address. Nothing does until DKIM and SPF are checked. */
  readonly sender: "unproven" | "proven";
}

/** A file of a message: here when it has a key, gone for good when `lost` says why, and else on its way. */
export interface MessageFile {
  readonly name: string;
  /** As its bytes say; until they are here, as its sender says. */
  readonly type: string;
  readonly bytes?: number;
  /** Of a picture, in pixels, as it is to be shown. */
  readonly width?: number;
  readonly height?: number;
  /** Of its bytes in the blob store. */
  readonly key?: string;
  readonly lost?: FileLoss;
}

/** `not-a-picture`: it said it was one. `unsafe`: a page with what a browser would run. `refused`: whoever has it does not give it. */
export type FileLoss = "too-large" | "not-a-picture" | "unsafe" | "refused" | "unreachable";

/** Whether nothing more will become of it. */
export const isSettled = ({ key, lost }: MessageFile): boolean => key !== undefined || lost !== undefined;

/** What a text message brings beside its text. */
export interface SmsPart {
  /** Our number it was sent to, E.164. */
  readonly to: string;
  /** The number it came from, where the conversation knows the phone by another of its numbers (`phoneForms`). */
  readonly from?: string;
  /** Short messages it came in. */
  readonly segments: number;
  /** Of these some did not come within the time the others waited for them; their place in the text is marked. */
  readonly missing?: number;
}

export type ThreadEvent =
  | { readonly type: "added"; readonly people: readonly ParticipantId[] }
  | { readonly type: "left" }
  | { readonly type: "named"; readonly name: string };

/** `withheld`: it was to go this way, and need not or must not any more. */
export type DeliveryState = "sending" | "sent" | "delivered" | "failed" | "withheld";

export interface Delivery {
  readonly state: DeliveryState;
  readonly channel: Channel;
  readonly at: number;
  /** Why this way, or why not: a stable word for programs (`recipient-online`, `address-unknown`), shown as a sentence. */
  readonly reason?: string;
  /** The other side's own words, shortened, for the details drawer. */
  readonly detail?: string;
  readonly attempts?: number;
  /** When it is tried again, Unix milliseconds. */
  readonly retryAt?: number;
  /** Said by the other side after it had taken the message: it overrules that it was sent. */
  readonly receipt?: true;
  readonly sms?: SmsDelivery;
  /** This is a copy to a phone of the recipient: why, or why not. */
  readonly copy?: CopyReason;
  /** What the recipient's side said of the copy that it made. */
  readonly copied?: Copied;
}

/** What a sender hears of a copy to the recipient's phone: not to which number, and not what it cost. */
export interface Copied {
  readonly state: Exclude<DeliveryState, "sending" | "withheld">;
  readonly at: number;
  readonly reason: CopyReason;
}

/** How a message went out as SMS. */
export interface SmsDelivery {
  /** Our number the phone shows. */
  readonly from: string;
  readonly segments: number;
  readonly encoding: "gsm7" | "ucs2";
  /** What the carrier asks for all of them, in millionths of its currency (ISO 4217). */
  readonly cost?: { readonly micros: number; readonly currency: string };
  readonly carrier: string;
}

export interface Preview {
  readonly messageId: Id;
  readonly from: ParticipantId;
  readonly channel: Channel;
  readonly at: number;
  readonly snippet: string;
  readonly event?: ThreadEvent;
}

export const preview = (message: Message): Preview => ({
  messageId: message.id,
  from: message.from,
  channel: message.channel,
  at: message.at,
  snippet: snippet(message.text || message.mail?.subject || filesWords(message.files)),
  ...(message.event && { event: message.event }),
});

/** What stands for files where there are no words. */
function filesWords([first, second]: readonly MessageFile[] = []): string {
  if (first === undefined) return "";
  return second ? "Files" : first.type.startsWith("image/") ? "Picture" : "File";
}

/** One line of at most SNIPPET characters that never ends inside a surrogate pair. */
export function snippet(text: string): string {
  const line = text
    .slice(0, SNIPPET * 4)
    .replace(/[^\S ]\s*| \s+/g, " ")
    .trim();
  return line.length <= SNIPPET ? line : [...line].slice(0, SNIPPET).join("");
}
