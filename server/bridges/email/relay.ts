import { Readable } from "node:stream";
import nodemailer from "nodemailer";
import { cleanLine } from "@/server/content/text";
import { asMailFailure, MailFailure } from "./mail-failure";
import type { OutgoingMail } from "./outgoing";
import { renderMail } from "./render";

/** Where outgoing mail goes. A failure is MailFailure. */
export interface MailTransport {
  /** Resolves when the other side has taken responsibility for the mail; `detail` is its answer. */
  send(mail: OutgoingMail): Promise<{ readonly detail: string }>;
  /** In words for the admin page; holds no password. */
  describe(): string;
}

export interface SmtpRelayOptions {
  /** `smtp://` (port 587, STARTTLS when offered) or `smtps://` (465), user and password within; options as nodemailer reads them: `?ignoreTLS=true`. */
  readonly url: string;
  /** How we call ourselves. */
  readonly hostname: string;
  readonly connections?: number;
  /** Milliseconds for one mail, whatever the relay does meanwhile. */
  readonly mailMs?: number;
  readonly connectMs?: number;
}

/** Mails that may wait for a connection; their senders try again later. */
const MAX_WAITING = 200;

/** Mail through somebody's mail server, over a few connections that are kept for a while. */
export class SmtpRelay implements MailTransport {
  readonly #host: string;
  readonly #mailMs: number;
  readonly #mailer;
  #pending = 0;

  constructor({ url, hostname, connections = 4, mailMs = 120_000, connectMs = 15_000 }: SmtpRelayOptions) {
    this.#host = new URL(url).host;
    this.#mailMs = mailMs;
    this.#mailer = nodemailer.createTransport({
      pool: true,
      url,
      name: hostname,
      maxConnections: connections,
      // A kept connection may have been closed by the relay: one more try, which nodemailer makes only if no byte of the mail has left.
      maxRequeues: 1,
      idleTimeout: 30_000,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: mailMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(mail: OutgoingMail): Promise<{ readonly detail: string }> {
    if (this.#pending >= MAX_WAITING) throw new MailFailure(false, "relay-busy", "Too many mails are waiting for the relay.");
    this.#pending++;
    try {
      return await this.#hand(mail);
    } finally {
      this.#pending--;
    }
  }

  describe(): string {
    return `SMTP relay ${this.#host}`;
  }

  /** Ends after what is being sent; what waits fails. */
  close(): void {
    this.#mailer.close();
  }

  async #hand(mail: OutgoingMail): Promise<{ readonly detail: string }> {
    const body = Readable.from([await renderMail(mail)]);
    try {
      const { response } = await this.#mailer.sendMail({ envelope: { ...mail.envelope }, raw: body, signal: AbortSignal.timeout(this.#mailMs) });
      return { detail: cleanLine(String(response), 300) };
    } catch (error) {
      throw asMailFailure(error, body.readableDidRead);
    }
  }
}
