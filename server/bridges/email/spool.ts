import type { Clock, Id, IdMinter } from "@/domain/id";
import { realTimers, type Timers } from "@/server/platform/timers";
import { WorkQueue } from "@/server/platform/work-queue";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { MailEvents } from "./events";
import type { InboundMail, QuarantineCode, Receive } from "./inbound";
import { MailReader, type MailReaderOptions } from "./mail-reader";
import { type Envelope, isUnknownOutcome, SpoolRows } from "./spool-rows";

/** A mail as the door took it off the wire. */
export interface Arrival {
  readonly raw: Buffer;
  readonly envelope: Envelope;
  readonly ip: string;
  readonly helo: string;
}

export interface MailSpoolOptions extends MailReaderOptions {
  readonly store: WideColumnStore;
  readonly blobs: Pick<BlobStore, "put" | "get" | "delete">;
  readonly ids: IdMinter;
  readonly receive: Receive;
  readonly clock: Clock;
  readonly events: MailEvents;
  readonly timers?: Timers;
  /** Mails in work at once. */
  readonly concurrency?: number;
}

/** Pauses before another try: from 1 second, doubling, to 5 minutes. A mail is tried until it is in its mailboxes. */
const retryInMs = (attempts: number): number => Math.min(1_000 * 2 ** (attempts - 1), 300_000);

/**
 * The space between the door and the mailboxes. `accept` makes a mail durable; reading it and handing it over come after, and again
 * after a crash, until they are done: at least once, which `InboundMail.maker` makes once.
 */
export class MailSpool {
  readonly #rows: SpoolRows;
  readonly #reader: MailReader;
  readonly #queue: WorkQueue;
  readonly #options: MailSpoolOptions;

  constructor(options: MailSpoolOptions) {
    this.#options = options;
    this.#rows = new SpoolRows(options.store);
    this.#reader = new MailReader(options);
    this.#queue = new WorkQueue({
      work: (id) => this.#handOver(id),
      backlog: () => this.#rows.ids(),
      retryInMs,
      deferred: (id, attempts, retryInMs, error) => options.events.mailDeferred({ id, attempts, retryInMs, error }),
      unread: (error) => options.events.mailTrouble({ what: "spool-unread", error }),
      timers: options.timers ?? realTimers,
      concurrency: options.concurrency ?? 4,
    });
  }

  /** Stores the mail and resolves when it is durable. Fails with BlobError or StoreError; then the sender is to try again. */
  async accept({ raw, envelope, ip, helo }: Arrival): Promise<Id> {
    const { blobs, ids, clock } = this.#options;
    const { key } = await blobs.put(raw);
    const id = ids.next();
    try {
      await this.#rows.add({ id, raw: key, envelope, receivedAt: clock(), ip, helo, bytes: raw.length });
    } catch (error) {
      // A row that may still appear needs its bytes; a mail without a row does not.
      if (!isUnknownOutcome(error)) await blobs.delete(key).catch(() => {});
      throw error;
    }
    this.#queue.offer(id);
    return id;
  }

  /** Begins to hand mails over, those of an earlier run first. */
  start(): void {
    this.#queue.start();
  }

  /** Ends after the mails in work; the rest stays for the next run. */
  async stop(): Promise<void> {
    await this.#queue.stop();
  }

  /** Resolves when there is nothing to do now; mails that wait for another try do not count. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  async #handOver(id: Id): Promise<void> {
    const spooled = await this.#rows.get(id);
    if (spooled === undefined) return;
    if (spooled === "damaged") return this.#options.events.mailTrouble({ what: "spool-row-damaged", id });
    const mail = await this.#reader.read(spooled);
    await this.#options.receive(mail);
    await this.#rows.remove(id);
    this.#arrived(mail);
  }

  #arrived({ id, at, recipients, mail }: InboundMail): void {
    const quarantined = mail.quarantined as QuarantineCode | undefined;
    const afterMs = this.#options.clock() - at;
    this.#options.events.mailArrived({ id, recipients: recipients.length, afterMs, ...(quarantined && { quarantined }) });
  }
}
