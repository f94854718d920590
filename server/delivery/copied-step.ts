import type { Clock, Id } from "@/domain/id";
import type { OutboxEntry } from "@/domain/outbox";
import type { Mailboxes } from "../mailbox/mailboxes";
import { byOwner } from "./owed";

/** Tells whoever wrote a message that it went to the recipient's phone as well. */
export class CopiedStep {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly clock: Clock,
  ) {}

  async run(user: Id, { threadId, messageId, to, copied }: Extract<OutboxEntry, { kind: "copied" }>): Promise<void> {
    const at = this.clock();
    const maker = `copied:${messageId}:${user}:${copied.state}`;
    await this.mailboxes.commit(to, undefined, async (view) => {
      const delivery = (await view.message(threadId, messageId))?.delivery?.[user];
      const known = delivery === undefined || delivery.copied?.state === copied.state;
      return known ? [] : [{ type: "CopyReported", at, maker, threadId, messageId, by: user, copied }];
    });
    const told = `told:${messageId}:${to}:${copied.state}`;
    await byOwner(this.mailboxes.commit(user, undefined, () => [{ type: "CopyTold", at, maker: told, threadId, messageId, to, copied }]));
  }
}
