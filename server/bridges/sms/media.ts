import type { Clock, Id } from "@/domain/id";
import { type FileLoss, isSettled, type MessageFile } from "@/domain/message";
import { fileOf, fileOnItsWay } from "@/server/content/files/kinds";
import { FetchFailure, fetchOutside, type Outside } from "@/server/content/files/outside-fetch";
import type { Mailboxes } from "@/server/mailbox/mailboxes";
import type { Timers } from "@/server/platform/timers";
import { WorkQueue } from "@/server/platform/work-queue";
import type { BlobStore } from "@/storage/blobs/contract";
import type { MediaDue, MediaJob, MediaRows } from "./media-rows";

/** Where a carrier keeps what comes with texts, and how it is told who asks. */
export interface MediaSource {
  readonly origin: string;
  readonly authorization: string;
}

export interface MediaOptions {
  readonly rows: MediaRows;
  readonly blobs: Pick<BlobStore, "put">;
  readonly mailboxes: Pick<Mailboxes, "commit" | "read">;
  /** By the name of the carrier. */
  readonly sources: ReadonlyMap<string, MediaSource>;
  readonly outside: Outside;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly failed: (error: unknown, message: Id) => void;
}

/** Bytes; no carrier takes more in one message. */
const MAX_BYTES = 10 * 1024 * 1024;
const WITHIN = 60_000;
const AT_ONCE = 4;
/** From two seconds, doubling, to a quarter of an hour. */
const retryInMs = (attempts: number): number => Math.min(2_000 * 2 ** (attempts - 1), 15 * 60_000);
/** A day later a carrier that does not give it will not. */
const GIVE_UP_AFTER = 24 * 60 * 60_000;

/**
 * Fetches the pictures of messages that are in their mailboxes already. What is to be fetched is durable before; one that comes, or will not
 * come, is told to every mailbox that has the message. A crash at any point repeats a step: a picture is then fetched again and shown once.
 */
export class Media {
  readonly #queue: WorkQueue;
  readonly #stopping = new AbortController();

  constructor(private readonly options: MediaOptions) {
    this.#queue = new WorkQueue({
      work: (message) => this.#work(message),
      backlog: () => options.rows.messages(),
      retryInMs,
      deferred: (message, _attempts, _pause, error) => options.failed(error, message),
      unread: (error) => options.failed(error, ""),
      timers: options.timers,
      concurrency: AT_ONCE,
    });
  }

  /** Durable when it resolves. The same message again is no second job. */
  async owe(message: Id, job: MediaJob): Promise<void> {
    await this.options.rows.add(message, job);
    this.#queue.offer(message);
  }

  start(): void {
    this.#queue.start();
  }

  /** Breaks off what is under way: it is fetched again by the next run. */
  stop(): Promise<void> {
    this.#stopping.abort();
    return this.#queue.stop();
  }

  /** Resolves when nothing can be fetched now. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** One after the other, as each is in memory whole. One that fails does not hold up the others of its message. */
  async #work(message: Id): Promise<void> {
    const job = await this.options.rows.get(message);
    if (job === undefined) return;
    const failures: unknown[] = [];
    for (const [place, due] of job.media.entries()) await this.#bring(message, job, due, place).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
    await this.options.rows.remove(message);
  }

  async #bring(message: Id, job: MediaJob, due: MediaDue, place: number): Promise<void> {
    const known = await Promise.all(job.people.map(async (person) => ({ person, file: await this.#file(person, job.threadId, message, place) })));
    const waiting = known.filter(({ file }) => file !== undefined && !isSettled(file));
    if (waiting.length === 0) return;
    const file = known.find((one) => one.file && isSettled(one.file))?.file ?? (await this.#fetch(job, due, place));
    for (const { person } of waiting) await this.#tell(person, job.threadId, message, place, file);
  }

  async #file(person: Id, threadId: Id, message: Id, place: number): Promise<MessageFile | undefined> {
    return (await this.options.mailboxes.read(person, (view) => view.message(threadId, message)))?.files?.[place];
  }

  async #tell(person: Id, threadId: Id, messageId: Id, place: number, file: MessageFile): Promise<void> {
    const action = { type: "FileArrived", at: this.options.clock(), maker: `file:${messageId}:${place}`, threadId, messageId, place, file } as const;
    await this.options.mailboxes.commit(person, undefined, () => [action]);
  }

  /** The file, or why it will not come. Fails when it may come later. */
  async #fetch(job: MediaJob, due: MediaDue, place: number): Promise<MessageFile> {
    const lost = (why: FileLoss): MessageFile => ({ ...fileOnItsWay(due.type, place), lost: why });
    try {
      const bytes = await this.#bytes(job.carrier, due.url);
      const file = fileOf(bytes, due.type, place);
      return typeof file === "string" ? lost(file) : { ...file, key: (await this.options.blobs.put(bytes)).key };
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      if (error.code === "too-large") return lost("too-large");
      // Some carriers say that there is nothing until they have it.
      if (error.code === "forbidden" || this.options.clock() - job.at >= GIVE_UP_AFTER) return lost(error.code === "unreachable" ? "unreachable" : "refused");
      throw error;
    }
  }

  async #bytes(carrier: string, url: string): Promise<Buffer> {
    const source = this.options.sources.get(carrier);
    // It may be back in the settings tomorrow.
    if (source === undefined) throw new FetchFailure("refused", `The settings know no ${carrier} that keeps pictures.`);
    if (!URL.canParse(url) || new URL(url).origin !== source.origin) throw new FetchFailure("forbidden", "It lies elsewhere than the carrier's API.");
    const { outside, timers } = this.options;
    return fetchOutside(url, { ...source, outside, timers, signal: this.#stopping.signal, maxBytes: MAX_BYTES, withinMs: WITHIN });
  }
}
