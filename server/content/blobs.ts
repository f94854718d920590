import { AppError } from "@/domain/error";
import { BlobError, type BlobStore } from "@/storage/blobs/contract";

/** A blob, or a failure for people: `request/not-found`, `store/corrupt` or `store/unavailable`. */
export async function blobOf(blobs: Pick<BlobStore, "get">, key: string): Promise<Buffer> {
  try {
    return await blobs.get(key);
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    const code =
      error.kind === "missing" || error.kind === "bad-request" ? "request/not-found" : error.kind === "corrupt" ? "store/corrupt" : "store/unavailable";
    throw new AppError(code, undefined, { cause: error });
  }
}
