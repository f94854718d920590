import PostalMime, { type Attachment, type Email } from "postal-mime";
import { MAX_TEXT, type MailPart } from "@/domain/message";
import { htmlToText } from "@/server/content/html-text";
import { cleanLine, cleanText, cut } from "@/server/content/text";
import { TaskFailure } from "@/server/content/worker-task";
import type { MailAddress } from "../inbound";
import { addresses } from "./addresses";
import { isBulk } from "./bulk";
import { makerOf } from "./maker";
import { firstMessageId, references } from "./message-ids";
import { checkParts, headerEnd } from "./parts";
import { splitReply } from "./reply";

/** What can be known of a mail from its bytes alone. */
export interface ParsedMail {
  readonly maker: string;
  /** Usable addresses of From, then of Sender. */
  readonly authors: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly text: string;
  readonly bulk: boolean;
  readonly mail: Omit<MailPart, "raw" | "bytes" | "sender">;
}

const MAX_SUBJECT = 500;
const MAX_FILE_NAME = 200;
const MAX_ATTACHMENTS = 100;
/** Characters of text that are looked at. */
const MAX_READ = 512 * 1024;
const MAX_DEPTH = 32;
/** Header bytes of all parts together; the door already refused a first block over 256 KiB. */
const MAX_HEADERS = 1024 * 1024;

/** Reads a mail. Fails with TaskFailure whose reason is a QuarantineCode. For a worker: some mails are slow by design. */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  checkParts(raw);
  const email = await parse(raw);
  const head = fromHeaders(email, raw);
  const reply = splitReply(writtenText(email) || unstructuredText(email, raw));
  const mail = {
    ...head.mail,
    ...(reply.quote !== "" && { quote: cut(reply.quote, MAX_TEXT) }),
    ...(email.html !== undefined && { hasHtml: true }),
    ...(email.attachments.length > 0 && { attachments: email.attachments.slice(0, MAX_ATTACHMENTS).map(attachment) }),
    ...((reply.cut || reply.text.length > MAX_TEXT) && { cut: true }),
  };
  return { ...head, text: cut(reply.text, MAX_TEXT), mail };
}

/** Reads the header block alone, for a mail whose body was too much. */
export async function parseHead(raw: Buffer): Promise<ParsedMail> {
  return fromHeaders(await parse(raw.subarray(0, headerEnd(raw))), raw);
}

/** The bytes of an attachment, by its place in what `parseMail` listed. */
export async function attachmentAt(raw: Buffer, place: number): Promise<Uint8Array | undefined> {
  checkParts(raw);
  const { content } = (await parse(raw)).attachments.slice(0, MAX_ATTACHMENTS)[place] ?? {};
  return typeof content === "string" ? Buffer.from(content) : content && new Uint8Array(content);
}

/** Nested mails stay attachments: whoever is quoted in one did not write to us. */
export const PARSER_LIMITS = { maxNestingDepth: MAX_DEPTH, maxHeadersSize: MAX_HEADERS, forceRfc822Attachments: true } as const;

async function parse(raw: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(raw, PARSER_LIMITS);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    throw new TaskFailure(/nesting depth/i.test(message) ? "too-deep" : /header size/i.test(message) ? "headers-too-large" : "unreadable");
  }
}

/** The mail's words as plain text, from its beginning: a text part, or else its HTML. */
export function writtenText(email: Email): string {
  const plain = cleanText((email.text ?? "").slice(0, MAX_READ));
  return plain.trim() === "" && email.html !== undefined ? cleanText(htmlToText(email.html)) : plain;
}

/** A body whose structure nobody can follow (a multipart without a boundary) as it stands, rather than nothing at all. */
const unstructuredText = (email: Email, raw: Buffer): string =>
  email.html === undefined && email.attachments.length === 0 ? cleanText(raw.subarray(headerEnd(raw)).subarray(0, MAX_READ).toString()) : "";

const header = (email: Email, name: string): string => email.headers.find(({ key }) => key === name)?.value ?? "";

function fromHeaders(email: Email, raw: Buffer): ParsedMail {
  const identity = { messageId: header(email, "message-id"), from: header(email, "from"), date: header(email, "date") };
  const from = addresses(identity.from);
  const to = addresses(header(email, "to"));
  const cc = addresses(header(email, "cc"));
  return {
    maker: makerOf({ ...identity, body: raw.subarray(headerEnd(raw)) }),
    authors: authors(from, addresses(header(email, "sender"))),
    to,
    cc,
    text: "",
    bulk: isBulk(email),
    mail: { ...threading(email), ...author(from[0]), ...list("to", to), ...list("cc", cc) },
  };
}

/** RFC 5322 3.6.2: with several authors the Sender is the one who sent it; that one goes first. */
function authors(from: readonly MailAddress[], [sender]: readonly MailAddress[]): readonly MailAddress[] {
  if (sender === undefined) return from;
  const sent = from.find(({ address }) => address === sender.address);
  return sent === undefined ? [...from, sender] : [sent, ...from.filter((author) => author !== sent)];
}

function threading(email: Email): Pick<MailPart, "messageId" | "inReplyTo" | "references" | "subject" | "date"> {
  const messageId = firstMessageId(header(email, "message-id"));
  const inReplyTo = firstMessageId(header(email, "in-reply-to"));
  const earlier = references(header(email, "references"));
  const subject = cleanLine(email.subject ?? "", MAX_SUBJECT);
  const date = dateOf(header(email, "date"));
  return {
    ...(messageId !== undefined && { messageId }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(earlier.length > 0 && { references: earlier }),
    ...(subject !== "" && { subject }),
    ...(date !== undefined && { date }),
  };
}

const author = (from: MailAddress | undefined): Pick<MailPart, "fromAddress" | "fromName"> =>
  from === undefined ? {} : { fromAddress: from.address, ...(from.name !== undefined && { fromName: from.name }) };

const list = (name: "to" | "cc", people: readonly MailAddress[]) => (people.length > 0 ? { [name]: people.map(({ address }) => address) } : {});

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** Unix milliseconds, or undefined for what is no date of an e-mail. */
function dateOf(text: string): number | undefined {
  const at = Date.parse(text.slice(0, 100).replace(/\([^()]{0,50}\)/g, ""));
  return at >= EARLIEST && at < LATEST ? at : undefined;
}

const attachment = ({ filename, mimeType, content }: Attachment) => ({
  name: cleanLine(filename ?? "", MAX_FILE_NAME).replace(/[/\\]/g, "_") || "unnamed",
  type: /^[a-z0-9.+-]{1,100}\/[a-z0-9.+-]{1,100}$/.test(mimeType) ? mimeType : "application/octet-stream",
  bytes: typeof content === "string" ? Buffer.byteLength(content) : content.byteLength,
});
