import type { Id } from "@/domain/id";
import type { MailboxHead } from "@/domain/reduce";
import { counts, FOLDERS, type Thread } from "@/domain/thread";
import { DERIVED, MAILBOX, utf8 } from "@/server/mailbox/schema";
import type { WideColumnStore } from "@/storage/wide-column/contract";

/** Every derived cell of a mailbox, in order, as text: two mailboxes are the same if these are. */
export async function dumpDerived(store: WideColumnStore, user: Id): Promise<string[]> {
  const row = await store.get(MAILBOX.name, utf8(user), { families: [...DERIVED] });
  return DERIVED.flatMap((family) =>
    (row?.families[family] ?? []).map(({ qualifier, value }) => `${family} ${qualifier.toString("latin1")} ${value.toString("utf8")}`),
  );
}

/** What the badges should say, counted from the threads themselves. */
export async function badges(store: WideColumnStore, user: Id): Promise<{ said: MailboxHead["unread"] | undefined; shown: MailboxHead["unread"] }> {
  const cells = (await store.get(MAILBOX.name, utf8(user), { families: ["view"] }))?.families.view ?? [];
  const threads = cells.filter(({ qualifier }) => qualifier[0] === 0x74).map(({ value }) => JSON.parse(value.toString("utf8")) as Thread);
  const head = cells.find(({ qualifier }) => qualifier.toString() === "h");
  const shown = Object.fromEntries(FOLDERS.map((folder) => [folder, threads.filter((thread) => thread.folder === folder && counts(thread)).length]));
  return { said: head && (JSON.parse(head.value.toString("utf8")) as MailboxHead).unread, shown: shown as MailboxHead["unread"] };
}
