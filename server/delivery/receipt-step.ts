import type { Clock, Id } from "@/domain/id";
import type { OutboxEntry } from "@/domain/outbox";
import type { Mailboxes } from "../mailbox/mailboxes";
import { byOwner } from "./owed";

/** Tells another person how far somebody has read. */
export class ReceiptStep {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly clock: Clock,
  ) {}

  async run(user: Id, { threadId, to, upTo }: Extract<OutboxEntry, { kind: "receipt" }>): Promise<void> {
    const maker = `receipt:${threadId}:${user}:${upTo}`;
    const at = this.clock();
    await this.mailboxes.commit(to, undefined, async (view) => {
      const thread = await view.thread(threadId);
      const known = thread?.receipts[user];
      return thread === undefined || (known !== undefined && known >= upTo) ? [] : [{ type: "ReceiptArrived", at, maker, threadId, by: user, upTo }];
    });
    const given = `given:${threadId}:${to}:${upTo}`;
    await byOwner(this.mailboxes.commit(user, undefined, () => [{ type: "ReceiptGiven", at, maker: given, threadId, to, upTo }]));
  }
}
