import { AppError } from "@/domain/error";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { EPOCH, MAILBOX, TOKEN, utf8 } from "./schema";

const ATTEMPTS = 5;

export interface Claim {
  /** The epoch this owner writes under. */
  readonly epoch: Buffer;
  /** The token of the last mutation before the claim: whether it happened is thereby settled. */
  readonly lastToken: Buffer | undefined;
}

/** Raises the ownership epoch of a row by one. Whoever wrote under an older epoch can write no more. */
export async function claim(store: WideColumnStore, row: Buffer, by: string): Promise<Claim> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { epoch: before, token } = await readMeta(store, row);
    const epoch = utf8(`${Number(before?.toString("latin1").split(" ")[0] ?? 0) + 1} ${by}`);
    const { applied } = await store.mutateRow(MAILBOX.name, row, [{ kind: "put", family: "meta", qualifier: EPOCH, value: epoch }], {
      when: { family: "meta", qualifier: EPOCH, equals: before },
    });
    if (applied) return { epoch, lastToken: token };
  }
  throw new AppError("store/not-owner");
}

async function readMeta(store: WideColumnStore, row: Buffer): Promise<{ epoch: Buffer | undefined; token: Buffer | undefined }> {
  const cells = (await store.get(MAILBOX.name, row, { families: ["meta"] }))?.families.meta ?? [];
  const value = (qualifier: Buffer) => cells.find((cell) => cell.qualifier.equals(qualifier))?.value;
  return { epoch: value(EPOCH), token: value(TOKEN) };
}
