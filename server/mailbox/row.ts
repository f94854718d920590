import type { LogEntry } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import { EMPTY_HEAD, type MailboxHead } from "@/domain/reduce";
import { FOLDERS, type Folder, type Thread } from "@/domain/thread";
import { type Cell, MAX_CELLS, type WideColumnStore } from "@/storage/wide-column/contract";
import { Archive } from "./archive";
import { decode } from "./cells";
import type { MakerRecord } from "./project";
import { folderPrefix, HEAD, LOGGED, logKey, MAILBOX, makerKey, messageKey, seqOf, threadKey, utf8 } from "./schema";

export interface MessagePage {
  readonly before?: Id;
  readonly after?: Id;
  readonly limit: number;
}

/** Reads the cells of one mailbox as the things they mean. It decides nothing and keeps nothing. Messages are those in the head only. */
export class MailboxRow {
  readonly key: Buffer;
  readonly archive: Archive;
  constructor(
    private readonly store: WideColumnStore,
    readonly user: Id,
  ) {
    this.key = utf8(user);
    this.archive = new Archive(store, user);
  }

  async head(): Promise<MailboxHead> {
    return (await this.#cell<MailboxHead>("view", HEAD)) ?? EMPTY_HEAD;
  }

  async threads(ids: readonly Id[]): Promise<Map<Id, Thread>> {
    const found = await this.#cells<Thread>("view", ids.map(threadKey));
    return new Map(found.map((thread) => [thread.id, thread]));
  }

  async messages(threadId: Id, ids: readonly Id[]): Promise<Message[]> {
    return this.#cells<Message>(
      "message",
      ids.map((id) => messageKey(threadId, id)),
    );
  }

  async maker(maker: string): Promise<MakerRecord | undefined> {
    return this.#cell<MakerRecord>("view", makerKey(maker));
  }

  /** All messages from one id up to another, both included. */
  async stretch(threadId: Id, from: Id, upTo: Id): Promise<Message[]> {
    const range = { from: utf8(messageKey(threadId, from)), to: utf8(`${messageKey(threadId, upTo)}\0`) };
    const cells = await this.store.slice(MAILBOX.name, this.key, "message", { ...range, limit: MAX_CELLS });
    return cells.map(({ value }) => decode<Message>(value));
  }

  /** A page of a thread by rising id: the newest, or those before or after an id. */
  async messagePage(threadId: Id, page: MessagePage): Promise<Message[]> {
    return (await this.messageCells(threadId, page)).map(({ value }) => decode<Message>(value));
  }

  /** As `messagePage`, not decoded: for whoever wants few of them. */
  async messageCells(threadId: Id, { before, after, limit }: MessagePage): Promise<Cell[]> {
    const from = utf8(after === undefined ? threadId : `${messageKey(threadId, after)}\0`);
    const to = utf8(before === undefined ? `${threadId}~` : messageKey(threadId, before));
    const reverse = after === undefined;
    const cells = await this.store.slice(MAILBOX.name, this.key, "message", { from, to, limit, reverse });
    return reverse ? [...cells].reverse() : cells;
  }

  /** Ids of the threads of a folder, newest activity first, and the key to go on from. */
  async folder(folder: Folder, before: string | undefined, limit: number): Promise<{ ids: Id[]; next?: string }> {
    const prefix = folderPrefix(String(FOLDERS.indexOf(folder)));
    const to = before === undefined ? `${prefix}~` : `${prefix}${before}`;
    const cells = await this.store.slice(MAILBOX.name, this.key, "view", { from: utf8(prefix), to: utf8(to), limit, reverse: true });
    const keys = cells.map(({ qualifier }) => qualifier.toString("utf8").slice(prefix.length));
    const last = keys.at(-1);
    return { ids: keys.map((key) => key.slice(-26)), ...(cells.length === limit && last !== undefined && { next: last }) };
  }

  /** Entries after a position, from the archive where the head does not have them. Its newest entry is always in the head. */
  async log(since: number, limit: number): Promise<LogEntry[]> {
    const cells = await this.store.slice(MAILBOX.name, this.key, "log", { from: logKey(since + 1), limit });
    const held = cells.map(({ qualifier, value }): LogEntry => ({ seq: seqOf(qualifier), action: decode(value) }));
    const [first] = held;
    if (first === undefined || first.seq === since + 1) return held;
    return [...(await this.archive.log(since, first.seq, limit)), ...held].slice(0, limit);
  }

  /** Up to where the log has left the head for the archive. */
  async logged(): Promise<number> {
    return (await this.#cell<number>("meta", LOGGED)) ?? 0;
  }

  async outbox(limit: number, from: string): Promise<{ key: string; entry: OutboxEntry }[]> {
    const cells = await this.store.slice(MAILBOX.name, this.key, "outbox", { limit, from: utf8(from) });
    return cells.map(({ qualifier, value }) => ({ key: qualifier.toString("utf8"), entry: decode(value) }));
  }

  async #cell<T>(family: string, qualifier: string): Promise<T | undefined> {
    return (await this.#cells<T>(family, [qualifier]))[0];
  }

  async #cells<T>(family: string, qualifiers: readonly string[]): Promise<T[]> {
    if (qualifiers.length === 0) return [];
    const columns = qualifiers.map((qualifier) => ({ family, qualifier: utf8(qualifier) }));
    const row = await this.store.get(MAILBOX.name, this.key, { columns });
    return (row?.families[family] ?? []).map(({ value }) => decode<T>(value));
  }
}
