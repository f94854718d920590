import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { BlobStore } from "@/storage/blobs/contract";
import { blobOf } from "../content/blobs";
import { type Picture, pictureIn } from "../content/files/picture";
import type { Originals } from "../content/original";
import type { Mailboxes } from "./mailboxes";
import { known } from "./reads";

/** A file as it may be given to a browser. */
export interface OpenFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Of a picture, which may be shown where it stands; everything else is only ever saved. */
  readonly picture?: Picture["type"];
}

/** Opens files for somebody who has their message in their own mailbox, and for nobody else. */
export class MessageFiles {
  constructor(
    private readonly mailboxes: Pick<Mailboxes, "read">,
    private readonly originals: Originals,
    private readonly blobs: Pick<BlobStore, "get">,
  ) {}

  /** `place`: its position among the files of the message, from 0. Fails with AppError. */
  async open(user: Id, threadId: Id, messageId: Id, place: number): Promise<OpenFile> {
    const message = await this.mailboxes.read(user, async (view) => {
      known(await view.thread(threadId));
      return view.message(threadId, messageId);
    });
    if (message === undefined || message.deleted !== undefined) throw new AppError("message/unknown");
    const { name, bytes } = await this.#read(message, place);
    const { type } = pictureIn(bytes) ?? {};
    return { name, bytes, ...(type !== undefined && { picture: type }) };
  }

  /** A file of a mail lies in the mail, and is read out of it each time. */
  async #read({ files, mail }: Message, place: number): Promise<{ name: string; bytes: Buffer }> {
    const [own, attached] = [files?.[place], mail?.attachments?.[place]];
    if (own?.key !== undefined) return { name: own.name, bytes: await blobOf(this.blobs, own.key) };
    if (attached === undefined || mail?.raw === undefined) throw new AppError("request/not-found");
    return { name: attached.name, bytes: await this.originals.attachment(mail.raw, place) };
  }
}
