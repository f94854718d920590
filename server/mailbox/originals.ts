import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Original, Originals } from "../content/original";
import type { Mailboxes } from "./mailboxes";
import { known } from "./reads";

/** Opens the original of a mail for somebody who has that mail in their own mailbox, and for nobody else. */
export class MailOriginals {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly originals: Originals,
  ) {}

  async open(user: Id, threadId: Id, messageId: Id, images: boolean): Promise<Original> {
    const message = await this.mailboxes.read(user, async (view) => {
      known(await view.thread(threadId));
      return view.message(threadId, messageId);
    });
    if (message?.mail?.raw === undefined) throw new AppError("message/unknown");
    return this.originals.open(message.mail.raw, { images: images ? "on" : "off" });
  }
}
