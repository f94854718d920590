import { z } from "zod";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Row, WideColumnStore } from "@/storage/wide-column/contract";
import type { OutgoingMail } from "./outgoing";
import type { MailTransport } from "./relay";
import { renderMail } from "./render";
import { CAPTURED, RECORD } from "./tables";

const MAIL = z.object({
  id: z.string(),
  at: z.number(),
  from: z.string(),
  /** Whom this copy would have gone to, and then the others in its To header. */
  to: z.array(z.string()),
  subject: z.string(),
  /** Without angle brackets; put it into In-Reply-To, after `references` in References, to answer. */
  messageId: z.string(),
  references: z.array(z.string()),
  headers: z.array(z.tuple([z.string(), z.string()])),
  text: z.string(),
  raw: z.string(),
});
export type CapturedMail = Readonly<z.infer<typeof MAIL>>;

export interface CaptureTransportOptions {
  readonly store: WideColumnStore;
  readonly ids: IdMinter;
  readonly clock: Clock;
  /** Mails kept. */
  readonly keep?: number;
}

/** Takes mail that would leave the house and keeps the last of it for a page to show: the demo's outside world. */
export class CaptureTransport implements MailTransport {
  readonly #options: CaptureTransportOptions;
  readonly #keep: number;
  #sinceTrim = 0;

  constructor(options: CaptureTransportOptions) {
    this.#options = options;
    this.#keep = options.keep ?? 500;
  }

  async send(mail: OutgoingMail): Promise<{ readonly detail: string }> {
    const { store, ids } = this.#options;
    const id = ids.next();
    const record = JSON.stringify(await this.#record(id, mail));
    if (this.#sinceTrim++ % 50 === 0) await this.#trim(); // before the mail is there: a failure after that would have it sent again
    await store.mutateRow(CAPTURED.name, Buffer.from(id), [{ kind: "put", ...RECORD, value: Buffer.from(record) }]);
    return { detail: "250 Kept on the capture page" };
  }

  describe(): string {
    return "Capture page of the demo: no mail leaves this machine";
  }

  /** The newest first. */
  async list(limit: number): Promise<CapturedMail[]> {
    const mails: CapturedMail[] = [];
    for await (const row of this.#options.store.scan(CAPTURED.name, { reverse: true, limit: Math.min(limit, this.#keep) })) mails.push(read(row));
    return mails;
  }

  async get(id: Id): Promise<CapturedMail | undefined> {
    const row = id === "" ? undefined : await this.#options.store.get(CAPTURED.name, Buffer.from(id));
    return row && read(row);
  }

  async #record(id: Id, mail: OutgoingMail): Promise<CapturedMail> {
    const raw = (await renderMail(mail)).toString();
    const others = mail.to.map(({ address }) => address).filter((address) => address !== mail.envelope.to);
    return {
      id,
      at: this.#options.clock(),
      from: mail.envelope.from,
      to: [mail.envelope.to, ...others],
      subject: mail.subject,
      messageId: mail.messageId,
      references: [...mail.references],
      headers: headersOf(raw),
      text: mail.text,
      raw,
    };
  }

  /** Removes what is beyond the last `keep`. */
  async #trim(): Promise<void> {
    const { store } = this.#options;
    let seen = 0;
    for await (const { key } of store.scan(CAPTURED.name, { reverse: true })) {
      if (++seen > this.#keep) await store.mutateRow(CAPTURED.name, key, [{ kind: "delete", ...RECORD }]);
    }
  }
}

const read = (row: Row): CapturedMail => MAIL.parse(JSON.parse(String(row.families[RECORD.family]?.[0]?.value)));

/** Of a mail we wrote ourselves: unfolded, as they stand in the raw mail. */
const headersOf = (raw: string): [string, string][] =>
  raw
    .slice(0, raw.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]/g, " ")
    .split("\r\n")
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
