import { AppError } from "@/domain/error";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { EPOCH, MAILBOX, utf8 } from "./schema";

const ATTEMPTS = 5;

/**
 * Raises the ownership epoch of a row by one, and answers the new one. Whoever wrote under an older epoch can write no more: what is read
 * from now on is final as far as they are concerned. What was read before is not; a mutation of theirs may have been on its way.
 */
export async function claim(store: WideColumnStore, row: Buffer, by: string): Promise<Buffer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await epochOf(store, row);
    const epoch = utf8(`${Number(before?.toString("latin1").split(" ")[0] ?? 0) + 1} ${by}`);
    const { applied } = await store.mutateRow(MAILBOX.name, row, [{ kind: "put", family: "meta", qualifier: EPOCH, value: epoch }], {
      when: { family: "meta", qualifier: EPOCH, equals: before },
    });
    if (applied) return epoch;
  }
  throw new AppError("store/not-owner");
}

export async function epochOf(store: WideColumnStore, row: Buffer): Promise<Buffer | undefined> {
  const found = await store.get(MAILBOX.name, row, { columns: [{ family: "meta", qualifier: EPOCH }] });
  return found?.families.meta?.[0]?.value;
}
