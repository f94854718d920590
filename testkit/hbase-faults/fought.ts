import type { Message } from "@/domain/message";
import { dropDerived } from "@/server/mailbox/replay";
import { MailboxRow } from "@/server/mailbox/row";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { dumpDerived } from "../dump";
import type { Fought } from "./check-mailbox";
import { messagingOn, openMailboxes } from "./fighter";

const PAGE = 200;

/** Comes after all that fought, does what they left owing, and reads the mailbox; then makes it again from its log. */
export async function readFought(address: string, acknowledged: Fought["acknowledged"]): Promise<Fought> {
  const store = await openMailboxes(address);
  const { ann, ben, deliverer, sending, reads } = messagingOn(store);
  const { thread } = await sending.start(ann, ["ben"], "the-one-thread");
  await deliverer.recover();
  while (deliverer.pending > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await deliverer.stop();
  const row = new MailboxRow(store, ann);
  const log = (await row.log(0, 100_000)).map(({ seq, action }) => ({ seq, ...(action.type === "MessageSent" && { text: action.message.text }) }));
  const texts = async (user: string) => (await allMessages((before) => reads.messages(user, thread.id, { limit: PAGE, ...before }))).map(({ text }) => text);
  const [sender, recipient, derived] = [await texts(ann), await texts(ben), await dumpDerived(store, ann)];
  await remake(store, row);
  const replayed = await dumpDerived(store, ann);
  await store.close();
  return { acknowledged, log, sender, recipient, derived, replayed };
}

async function allMessages(page: (before: { before?: string }) => Promise<{ messages: readonly Message[] }>): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { messages } = await page(all[0] === undefined ? {} : { before: all[0].id });
    all.unshift(...messages);
    if (messages.length < PAGE) return all;
  }
}

/** Whoever opens a mailbox without anything derived makes it from the log. */
async function remake(store: WideColumnStore, row: MailboxRow): Promise<void> {
  await dropDerived(store, row);
  await messagingOn(store).mailboxes.read(row.user, async () => {});
}
