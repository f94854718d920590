import { outsidePhone } from "@/domain/address";
import type { Clock } from "@/domain/id";
import type { Delivery } from "@/domain/message";
import { teller } from "@/server/delivery/outside-step";
import type { Mailboxes } from "@/server/mailbox/mailboxes";
import type { Plan } from "@/server/mailbox/owner";
import type { Submission, Submissions, Told } from "./submissions";
import { isFinal, type Progress } from "./wire/progress";
import type { Receipt } from "./wire/receipt";

/** Takes what carriers say of messages they took into the mailboxes of those who sent them. */
export class Receipts {
  constructor(private readonly deps: { readonly submissions: Submissions; readonly mailboxes: Pick<Mailboxes, "commit">; readonly clock: Clock }) {}

  /** Resolves when it is durable. `phones`: the numbers at its two ends, or the one of them that is known to be the phone's. */
  async take(carrier: string, receipt: Receipt, phones: readonly string[]): Promise<void> {
    const { submissions, clock } = this.deps;
    const { messageId, state, error } = receipt;
    const told = await submissions.receipt(carrier, messageId, phones, { state, at: clock(), ...(error !== undefined && { error }) });
    if (told !== undefined) await this.#report(told);
  }

  /** The mailbox knows now that the message was sent: what receipts said before that counts. */
  async settle(of: Submission): Promise<void> {
    const progress = await this.deps.submissions.progress(of);
    if (progress !== undefined) await this.#report({ of, progress });
  }

  async #report({ of, progress }: Told): Promise<void> {
    if (!isFinal(progress.state)) return;
    const { user, threadId, messageId } = of;
    const to = outsidePhone(of.to);
    const plan: Plan = async (view) => {
      const message = await view.message(threadId, messageId);
      const known = message?.delivery?.[to];
      if (message === undefined || known?.state !== "sent") return []; // not yet, and then `settle` comes; or it has ended
      const delivery = ended(known, progress, this.deps.clock());
      const maker = `receipt:${messageId}:${to}:${known.at}`;
      return [{ type: "DeliveryReported", at: delivery.at, maker, threadId, messageId, to, delivery, ...teller(user, message) }];
    };
    await this.deps.mailboxes.commit(user, undefined, plan, false);
  }
}

function ended(known: Delivery, { state, error }: Progress, at: number): Delivery {
  const { retryAt: _over, ...before } = known;
  if (state === "delivered") return { ...before, state: "delivered", at, reason: "confirmed-by-phone", receipt: true };
  const detail = error === undefined ? before.detail : `${before.detail ?? ""} (error ${error})`.trim();
  return { ...before, state: "failed", at, reason: `phone-${state}`, receipt: true, ...(detail !== undefined && { detail }) };
}
