import type { Channel, ParticipantId } from "@/domain/address";
import type { ErrorCode } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Log } from "./log";
import type { Metrics } from "./metrics";

/** Codes that are our fault, not the caller's. */
const OURS = /^(server|store)\//;

/**
 * What happens in this business, one method each. It logs and counts; who calls it does neither. Message texts are never passed in. What
 * happens a thousand times a second is logged as `debug` only.
 */
export class Events {
  readonly #log: Log;
  readonly #count;

  constructor({ log, metrics }: { readonly log: Log; readonly metrics: Metrics }) {
    this.#log = log;
    this.#count = countersIn(metrics);
  }

  serverStarted(event: { url: string; smtpPort: number; afterMs: number }): void {
    this.#log.info(event, `Braid is ready at ${event.url}`);
  }

  serverStopped(event: { reason: string }): void {
    this.#log.info(event, "Braid stopped");
  }

  messageSent(event: { user: Id; messageId: Id; threadId: Id; channel: Channel; recipients: number }): void {
    this.#count.sent.inc({ channel: event.channel });
    this.#log.debug(event, "message sent");
  }

  /** It is durably in the recipient's mailbox. */
  messageDelivered(event: { messageId: Id; to: ParticipantId; channel: Channel; afterMs: number }): void {
    this.#count.delivered.inc({ channel: event.channel });
    this.#count.deliverySeconds.observe({ channel: event.channel }, event.afterMs / 1000);
    this.#log.debug(event, "message delivered");
  }

  /** It was handed to somebody else's server. */
  messageRelayed(event: { messageId: Id; to: ParticipantId; channel: Channel; detail?: string }): void {
    this.#count.relayed.inc({ channel: event.channel });
    this.#log.debug(event, "message relayed");
  }

  /** `final`: it is given up. Otherwise it is tried again at `retryAt`. */
  deliveryFailed(event: { messageId: Id; to: ParticipantId; channel: Channel; reason: string; detail?: string; final: boolean; retryAt?: number }): void {
    this.#count.deliveriesFailed.inc({ channel: event.channel, final: String(event.final) });
    this.#log.warn(event, event.final ? "message could not be delivered" : "message could not be delivered yet");
  }

  mailReceived(event: { id: Id; recipients: number; bytes: number; afterMs?: number }): void {
    this.#count.mailsReceived.inc();
    this.#log.info(event, "mail received");
  }

  /** `code` is the enhanced status code of RFC 3463. */
  mailRefused(event: { code: string; reason: string; from?: string; to?: string; remote?: string }): void {
    this.#count.mailsRefused.inc({ code: event.code });
    this.#log.info(event, "mail refused");
  }

  /** It could not be read; the original is kept and shown. */
  mailQuarantined(event: { id: Id; reason: string; bytes: number }): void {
    this.#count.mailsQuarantined.inc({ reason: event.reason });
    this.#log.warn(event, "mail quarantined");
  }

  accountOpened(event: { user: Id; role: string }): void {
    this.#count.accounts.inc();
    this.#log.info(event, "account opened");
  }

  signedIn(event: { user: Id; method: string }): void {
    this.#count.signIns.inc({ method: event.method, result: "ok" });
    this.#log.info(event, "signed in");
  }

  signInFailed(event: { method: string; reason: string; remote?: string }): void {
    this.#count.signIns.inc({ method: event.method, result: "failed" });
    this.#log.warn(event, "sign-in failed");
  }

  /** A door answered with an error. The caller's own mistakes are of little interest; ours come with all that is known. */
  requestFailed({ error, ...event }: { door: string; path: string; code: ErrorCode; error?: unknown; user?: Id }): void {
    this.#count.requestsFailed.inc({ door: event.door, code: event.code });
    if (OURS.test(event.code)) this.#log.error({ ...event, err: error }, "request failed");
    else this.#log.debug(event, "request refused");
  }

  /** Something done in the background stumbled and will be done again. */
  workStumbled({ error, ...event }: { work: string; error: unknown; on?: string }): void {
    this.#count.stumbles.inc({ work: event.work });
    this.#log.error({ ...event, err: error }, "work stumbled");
  }
}

const countersIn = (metrics: Metrics) => ({
  sent: metrics.counter("messages_sent_total", "Messages committed to their sender's mailbox.", ["channel"]),
  delivered: metrics.counter("messages_delivered_total", "Messages committed to a recipient's mailbox.", ["channel"]),
  deliverySeconds: metrics.histogram("delivery_seconds", "From the sender's commit to the recipient's.", ["channel"]),
  relayed: metrics.counter("messages_relayed_total", "Messages handed to another server.", ["channel"]),
  deliveriesFailed: metrics.counter("deliveries_failed_total", "Attempts to deliver that failed.", ["channel", "final"]),
  mailsReceived: metrics.counter("mails_received_total", "Mails accepted and stored."),
  mailsRefused: metrics.counter("mails_refused_total", "Mails refused, by enhanced status code.", ["code"]),
  mailsQuarantined: metrics.counter("mails_quarantined_total", "Mails kept that could not be read.", ["reason"]),
  accounts: metrics.counter("accounts_opened_total", "Accounts opened."),
  signIns: metrics.counter("sign_ins_total", "Attempts to sign in.", ["method", "result"]),
  requestsFailed: metrics.counter("requests_failed_total", "Requests answered with an error.", ["door", "code"]),
  stumbles: metrics.counter("work_stumbled_total", "Background work that failed and is repeated.", ["work"]),
});
