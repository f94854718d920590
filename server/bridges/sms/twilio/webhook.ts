import { cleanLine } from "@/server/content/text";
import type { Taken } from "../incoming-rows";
import type { Keyword } from "../keywords";
import type { MediaDue } from "../media-rows";
import type { Receipt, ReceiptState } from "../wire/receipt";

/** What Twilio's webhooks say (Twilio's "request to your webhook URL" and "outbound message status in status callbacks"). */

const MAX_ID = 100;
/** As many as Twilio takes. */
const MAX_MEDIA = 10;
const MAX_URL = 2_000;

/** A message that came in, without the carrier's name; undefined when there is too little to go by. */
export function readMessage(form: URLSearchParams): Omit<Taken, "carrier"> | undefined {
  const [carrierId, from, to] = [idOf(form), form.get("From")?.trim(), form.get("To")?.trim()];
  if (carrierId === undefined || !from || !to) return undefined;
  const [segments, media, note, keyword] = [Number(form.get("NumSegments")), mediaOf(form), noteOf(form), KEYWORDS[form.get("OptOutType") ?? ""]];
  return {
    ...{ carrierId, from, to, text: form.get("Body") ?? "" },
    ...(Number.isInteger(segments) && segments > 0 && segments < 256 && { segments }),
    ...(media.length > 0 && { media }),
    ...(note !== undefined && { note }),
    ...(keyword !== undefined && { keyword }),
  };
}

/** What became of a message of ours; undefined when that is nothing we know. */
export function readStatus(form: URLSearchParams): { readonly receipt: Receipt; readonly phone: string } | undefined {
  const [messageId, phone, state] = [idOf(form), form.get("To")?.trim(), STATES[form.get("MessageStatus") ?? form.get("SmsStatus") ?? ""]];
  if (messageId === undefined || !phone || state === undefined) return undefined;
  const error = cleanLine(form.get("ErrorCode") ?? "", 20);
  return { phone, receipt: { messageId, state, ...(error !== "" && error !== "0" && { error }) } };
}

/** Set by Twilio's Advanced Opt-Out, whose words are the operator's own, in any language. */
const KEYWORDS: Readonly<Record<string, Keyword>> = { STOP: "stop", START: "start", HELP: "help" };

const STATES: Readonly<Record<string, ReceiptState>> = {
  accepted: "accepted",
  scheduled: "accepted",
  queued: "accepted",
  sending: "accepted",
  sent: "enroute",
  delivered: "delivered",
  read: "delivered",
  undelivered: "undeliverable",
  failed: "undeliverable",
  canceled: "deleted",
};

/** SmsSid is the older name, and the only one with some carriers. */
function idOf(form: URLSearchParams): string | undefined {
  const id = (form.get("MessageSid") ?? form.get("SmsMessageSid") ?? form.get("SmsSid") ?? "").trim();
  return id === "" || id.length > MAX_ID ? undefined : id;
}

/** What came beside the text: where it is to be fetched, and what it is said to be. */
function mediaOf(form: URLSearchParams): MediaDue[] {
  const count = Math.min(countOf(form), MAX_MEDIA);
  return Array.from({ length: count }, (_, i) => ({
    url: (form.get(`MediaUrl${i}`) ?? "").slice(0, MAX_URL),
    type: (form.get(`MediaContentType${i}`) ?? "").slice(0, MAX_ID),
  }));
}

const countOf = (form: URLSearchParams): number => Math.min(Math.floor(Number(form.get("NumMedia")) || 0), 1_000);

function noteOf(form: URLSearchParams): string | undefined {
  const more = countOf(form) - MAX_MEDIA;
  return more > 0 ? `[${more} more ${more === 1 ? "file" : "files"}, not taken]` : undefined;
}
