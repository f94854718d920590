import type { LogEntry } from "@/domain/action";
import type { Id } from "@/domain/id";
import { fitting } from "./archive-messages";
import type { Archiving } from "./archiver";
import { logBlock } from "./schema";

/**
 * Archives one block of the log: what is older than the newest `keepLog` entries. The entries are facts, so the head may lose them as soon as
 * the block is durable; a crash between leaves them in both places, and the next run writes the same block again.
 */
export async function archiveLog({ mailboxes, blocks, limits }: Archiving, user: Id): Promise<boolean> {
  const entries = await mailboxes.read(user, async (view, row): Promise<LogEntry[]> => {
    const logged = await row.logged();
    const isEnough = view.head.seq - logged >= limits.keepLog + limits.logBlock;
    return isEnough ? fitting(await row.log(logged, limits.logBlock), limits.bytes) : [];
  });
  const [first, last] = [entries[0]?.seq, entries.at(-1)?.seq];
  if (first === undefined || last === undefined) return false;
  await blocks.write(logBlock(user, last), { first, last }, entries);
  await mailboxes.forgetLog(user, first, last);
  return true;
}
