import type { Block, LogEntry } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { StoreError, type WideColumnStore } from "@/storage/wide-column/contract";
import { Blocks } from "./blocks";
import { decode } from "./cells";
import type { MessagePage } from "./row";
import { blockKey, logBlock, MAILBOX, messageBlock, utf8 } from "./schema";

/** Blocks looked up at once. */
const LOOKED_UP = 16;

interface Found {
  readonly blocks: readonly Block[];
  /** No block lies beyond these. */
  readonly end: boolean;
}

/**
 * Reads what is archived. Which blocks of messages there are is said by cells of the head, written by the commit that archived them; no two of
 * a thread overlap. What was copied and never committed is not among them, so it is never read.
 */
export class Archive {
  readonly #blocks: Blocks;
  constructor(
    private readonly store: WideColumnStore,
    private readonly user: Id,
  ) {
    this.#blocks = new Blocks(store);
  }

  async message(threadId: Id, id: Id): Promise<Message | undefined> {
    const { blocks } = await this.#upTo(threadId, id, 1);
    return (await this.#open(threadId, blocks)).flat().find((message) => message.id === id);
  }

  /** A page of what is archived, by rising id; as `MailboxRow.messagePage` of what is in the head. */
  async page(threadId: Id, page: MessagePage): Promise<Message[]> {
    return page.after === undefined ? this.#before(threadId, page) : this.#after(threadId, page.after, page);
  }

  /** Entries of the log after `since` and before `until`, which is in the head: all of them or, of more, the first `limit`. */
  async log(since: number, until: number, limit: number): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    let next = since + 1;
    for await (const block of this.#blocks.scan<LogEntry>(logBlock(this.user, next), logBlock(this.user, until))) {
      for (const entry of block) if (entry.seq === next) next += entries.push(entry) && 1;
      if (entries.length >= limit) return entries.slice(0, limit);
    }
    if (next !== until) throw new StoreError("corrupt", `Entry ${next} of the log is neither in the head nor in the archive.`);
    return entries;
  }

  async #before(threadId: Id, { before = "~", limit }: MessagePage): Promise<Message[]> {
    let found: Message[] = [];
    for (let bound = before; found.length < limit; ) {
      const { blocks, end } = await this.#below(threadId, bound, LOOKED_UP);
      const wanted = enough(blocks, limit - found.length);
      const older = (await this.#open(threadId, wanted)).reverse().flat();
      found = [...older.filter(({ id }) => id < before), ...found];
      if (end && wanted.length === blocks.length) break;
      bound = (wanted.at(-1) as Block).from;
    }
    return found.slice(-limit);
  }

  async #after(threadId: Id, after: Id, { before = "~", limit }: MessagePage): Promise<Message[]> {
    const found: Message[] = [];
    let next: Found = await this.#upTo(threadId, after, 1);
    for (;;) {
      const wanted = enough(next.blocks, limit - found.length);
      for (const message of (await this.#open(threadId, wanted)).flat()) if (message.id > after && message.id < before) found.push(message);
      const last = wanted.at(-1)?.from ?? after;
      if (found.length >= limit || last >= before || (next.end && wanted.length === next.blocks.length)) return found.slice(0, limit);
      next = await this.#above(threadId, last, LOOKED_UP);
    }
  }

  /** Blocks that begin before this message, the last one first. */
  #below(threadId: Id, id: Id, limit: number): Promise<Found> {
    return this.#slice({ from: blockKey(threadId, ""), to: blockKey(threadId, id), limit, reverse: true });
  }

  /** Blocks that begin after this message, the first one first. */
  #above(threadId: Id, id: Id, limit: number): Promise<Found> {
    return this.#slice({ from: `${blockKey(threadId, id)}\0`, to: blockKey(threadId, "~"), limit, reverse: false });
  }

  /** The block this message is in, if it is in one; there may be others after it. */
  async #upTo(threadId: Id, id: Id, limit: number): Promise<Found> {
    const { blocks } = await this.#below(threadId, `${id}\0`, limit);
    return { blocks: blocks.filter(({ upTo }) => upTo >= id), end: false };
  }

  async #slice({ from, to, limit, reverse }: { from: string; to: string; limit: number; reverse: boolean }): Promise<Found> {
    const cells = await this.store.slice(MAILBOX.name, utf8(this.user), "view", { from: utf8(from), to: utf8(to), limit, reverse });
    return { blocks: cells.map(({ value }) => decode<Block>(value)), end: cells.length < limit };
  }

  #open(threadId: Id, blocks: readonly Block[]): Promise<(readonly Message[])[]> {
    return this.#blocks.read<Message>(blocks.map((block) => messageBlock(this.user, threadId, block)));
  }
}

/** As many blocks, the nearest first, as surely hold `count` messages: of the nearest perhaps none is wanted. */
function enough(blocks: readonly Block[], count: number): readonly Block[] {
  let held = 0;
  const last = blocks.findIndex((block, i) => {
    if (i > 0) held += block.count;
    return held >= count;
  });
  return last < 0 ? blocks : blocks.slice(0, last + 1);
}
