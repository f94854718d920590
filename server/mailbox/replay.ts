import { AppError } from "@/domain/error";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { MailboxRow } from "./row";
import { DERIVED, EPOCH, MAILBOX } from "./schema";
import { type Remembered, Turn } from "./turn";

const ENTRIES_A_PAGE = 200;

/** Throws away everything derived in a mailbox. The log is all that is left; `catchUp` restores the rest byte for byte. */
export async function dropDerived(store: WideColumnStore, row: MailboxRow): Promise<void> {
  await store.mutateRow(
    MAILBOX.name,
    row.key,
    DERIVED.map((family) => ({ kind: "deleteFamily", family })),
  );
}

/**
 * Folds the log entries that the derived cells do not show yet, a page a mutation, or less where a page changes very much. The head's position is the cursor, so a crash
 * in between goes on where it stopped.
 */
export async function catchUp(store: WideColumnStore, row: MailboxRow, remembered: Remembered, epoch: Buffer): Promise<void> {
  for (;;) {
    const entries = await row.log(remembered.head.seq, ENTRIES_A_PAGE);
    if (entries.length === 0) return;
    const turn = new Turn(row, remembered);
    for (const { action } of entries) {
      await turn.apply(action, false);
      if (turn.changes.areMany) break;
    }
    const when = { family: "meta", qualifier: EPOCH, equals: epoch };
    const { applied } = await store.mutateRow(MAILBOX.name, row.key, turn.changes.mutations(), { when });
    if (!applied) throw new AppError("store/not-owner");
    turn.settle();
  }
}
