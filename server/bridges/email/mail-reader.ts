import type { Pool } from "@/server/content/worker-pool";
import { WorkFailure } from "@/server/content/worker-task";
import { BlobError, type BlobStore } from "@/storage/blobs/contract";
import { type InboundMail, type MailAddress, QUARANTINE_CODES, type QuarantineCode } from "./inbound";
import type { MailTasks } from "./mail-tasks";
import { parseMessageId } from "./message-id";
import { normalAddress } from "./parse/addresses";
import { makerOfUnread } from "./parse/maker";
import type { ParsedMail } from "./parse/parse-mail";
import type { SpooledMail } from "./spool-rows";

export interface MailReaderOptions {
  readonly blobs: Pick<BlobStore, "get">;
  readonly pool: Pool<MailTasks>;
  /** The domain of our own Message-IDs. */
  readonly domain: string;
}

/** Time for a mail: most take milliseconds; a full one of 25 MiB takes under a second, on a busy machine several. */
const limitMs = (bytes: number): number => 2_000 + Math.ceil(bytes / 2 ** 20) * 100;

/** Turns what the spool holds into what mailboxes take. Fails only where trying again may help; else the mail is quarantined. */
export class MailReader {
  constructor(private readonly options: MailReaderOptions) {}

  async read(spooled: SpooledMail): Promise<InboundMail> {
    const { pool } = this.options;
    const raw = await this.#raw(spooled.raw);
    if (raw === undefined) return this.#inbound(spooled, unread(spooled), "raw-lost");
    try {
      return this.#inbound(spooled, await pool.run("mail", { raw }, { limitMs: limitMs(raw.length) }));
    } catch (error) {
      const code = codeOf(error);
      return this.#inbound(spooled, (await this.#head(raw)) ?? unread(spooled), code);
    }
  }

  async #raw(key: string): Promise<Buffer | undefined> {
    try {
      return await this.options.blobs.get(key);
    } catch (error) {
      if (error instanceof BlobError && (error.kind === "missing" || error.kind === "corrupt")) return undefined;
      throw error;
    }
  }

  /** Who it is from and what it is about, if at least that can be read. */
  async #head(raw: Buffer): Promise<ParsedMail | undefined> {
    try {
      return await this.options.pool.run("head", { raw });
    } catch (error) {
      codeOf(error);
      return undefined;
    }
  }

  #inbound(spooled: SpooledMail, parsed: ParsedMail, quarantined?: QuarantineCode): InboundMail {
    const { id, envelope, receivedAt, raw, bytes } = spooled;
    return {
      id,
      maker: parsed.maker,
      at: receivedAt,
      from: writer(parsed, envelope.from),
      recipients: [...new Set(envelope.to.map(({ userId }) => userId))],
      to: parsed.to,
      cc: parsed.cc,
      text: parsed.text,
      bulk: parsed.bulk || envelope.from === "",
      mail: { ...parsed.mail, raw, bytes, sender: "unproven", ...(quarantined && { quarantined }) },
      answers: answers(parsed, this.options.domain),
    };
  }
}

/** The code of a failure that is the mail's own fault; any other failure is thrown on. */
function codeOf(error: unknown): QuarantineCode {
  if (!(error instanceof WorkFailure) || !error.final) throw error;
  const named = error.kind === "failed" ? error.reason : error.kind;
  return QUARANTINE_CODES.find((code) => code === named) ?? "unreadable";
}

const NOBODY: MailAddress = { address: "unknown-sender@invalid" };

/** Its author: the Sender where there are several, then the envelope's reverse-path, then nobody we know. */
function writer({ authors: [author] }: ParsedMail, reversePath: string): MailAddress {
  if (author !== undefined) return author;
  const address = normalAddress(reversePath);
  return address === undefined ? NOBODY : { address };
}

/** Conversations of ours that the headers name, the nearest first. */
function answers({ mail }: ParsedMail, domain: string): string[] {
  const named = [mail.inReplyTo ?? "", ...[...(mail.references ?? [])].reverse()];
  return [...new Set(named.flatMap((text) => parseMessageId(text, domain)?.threadId ?? []))];
}

const unread = ({ id }: SpooledMail): ParsedMail => ({ maker: makerOfUnread(id), authors: [], to: [], cc: [], text: "", bulk: false, mail: {} });
