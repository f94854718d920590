import { AppError } from "@/domain/error";
import type { BlobStore } from "@/storage/blobs/contract";
import { blobOf } from "./blobs";
import type { Images, SafeHtml } from "./sanitise";
import type { Pool } from "./worker-pool";
import { WorkFailure } from "./worker-task";

/** A mail as it came: what "show original" opens. Everything is bounded; `cut` says that something was left out. */
export interface Original {
  /** Name and decoded value in the order of the mail. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** Safe to show in a sandboxed frame under `ORIGINAL_CSP`; absent when the mail has none or it was too much to clean. */
  readonly html?: string;
  readonly blockedImages: number;
  readonly cut: boolean;
}

export interface OriginalRequest {
  readonly raw: Uint8Array;
  readonly images: Images;
  /** Leave the HTML alone, whatever it costs. */
  readonly plain: boolean;
}

/** The work of this folder that is done in worker threads. The worker's file must serve these. */
export type ContentTasks = {
  readonly original: { readonly input: OriginalRequest; readonly output: Original };
  /** Nothing when the mail has none at that place. */
  readonly attachment: { readonly input: { readonly raw: Uint8Array; readonly place: number }; readonly output: Uint8Array | undefined };
  readonly sanitise: { readonly input: { readonly html: string; readonly images: Images }; readonly output: SafeHtml };
};

export interface OriginalsOptions {
  readonly blobs: Pick<BlobStore, "get">;
  readonly pool: Pool<ContentTasks>;
}

/** Opens raw mails for reading. Whether the person may see the mail is the caller's question. */
export class Originals {
  readonly #blobs: Pick<BlobStore, "get">;
  readonly #pool: Pool<ContentTasks>;

  constructor({ blobs, pool }: OriginalsOptions) {
    this.#blobs = blobs;
    this.#pool = pool;
  }

  /**
   * `rawKey` is `MailPart.raw`. When the HTML is too much for the worker the text alone is shown. Fails with AppError `request/not-found`,
   * `store/corrupt`, `store/unavailable`, `mail/unreadable` or `store/overloaded`.
   */
  async open(rawKey: string, { images = "off" }: { readonly images?: Images } = {}): Promise<Original> {
    const raw = await blobOf(this.#blobs, rawKey);
    try {
      return await this.#pool.run("original", { raw, images, plain: false });
    } catch (error) {
      if (!(error instanceof WorkFailure && error.final)) throw unreadable(error);
      return this.#pool.run("original", { raw, images, plain: true }).catch((again: unknown) => {
        throw unreadable(again);
      });
    }
  }

  /** The bytes of the attachment at this place of `MailPart.attachments`. Fails as `open` does. */
  async attachment(rawKey: string, place: number): Promise<Buffer> {
    const raw = await blobOf(this.#blobs, rawKey);
    const bytes = await this.#pool.run("attachment", { raw, place }).catch((error: unknown) => {
      throw unreadable(error);
    });
    if (bytes === undefined) throw new AppError("request/not-found");
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

function unreadable(error: unknown): unknown {
  if (!(error instanceof WorkFailure)) return error;
  return new AppError(error.final ? "mail/unreadable" : "store/overloaded", undefined, { cause: error });
}
