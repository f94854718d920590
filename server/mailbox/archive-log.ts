import type { LogEntry } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { ArchiveLimits, Archiving } from "./archiver";
import { encode } from "./cells";
import type { MailboxRow } from "./row";
import { logBlock } from "./schema";

/** Entries read at first, and at most: they may be of any size. */
const PART = 50;
const LARGEST_PART = 200;

/**
 * Archives one block of the log: what is older than the newest `keepLog` entries. The entries are facts, so the head may lose them as soon as
 * the block is durable; a crash between leaves them in both places, and the next run writes the same block again.
 */
export async function archiveLog({ mailboxes, blocks, limits }: Archiving, user: Id): Promise<boolean> {
  const entries = await mailboxes.read(user, async (view, row): Promise<LogEntry[]> => {
    const logged = await row.logged();
    const isEnough = view.head.seq - logged >= limits.keepLog + limits.logBlock;
    return isEnough ? oldest(row, logged, limits) : [];
  });
  const [first, last] = [entries[0]?.seq, entries.at(-1)?.seq];
  if (first === undefined || last === undefined) return false;
  await blocks.write(logBlock(user, last), { first, last }, entries);
  await mailboxes.forgetLog(user, first, last);
  return true;
}

/**
 * What makes a block. An entry may be large, so a part is read at a time: memory holds a block and up to 200 entries. No more parts than it takes, because HBase walks over all
 * that was removed before each.
 */
async function oldest(row: MailboxRow, logged: number, { logBlock: most, bytes }: ArchiveLimits): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let [left, largest] = [bytes, 1];
  for (let wanted = PART; ; ) {
    const part = await row.log(logged + entries.length, Math.min(wanted, most - entries.length));
    for (const entry of part) {
      const { length } = encode(entry);
      left -= length;
      largest = Math.max(largest, length);
      if (left < 0 && entries.length > 0) return entries;
      entries.push(entry);
    }
    if (part.length === 0 || entries.length === most) return entries;
    wanted = Math.min(Math.max(1, Math.floor(left / largest)), LARGEST_PART);
  }
}
