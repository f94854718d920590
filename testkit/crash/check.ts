import type { Message } from "@/domain/message";
import { counts, FOLDERS, type Folder, type Thread } from "@/domain/thread";
import { Device } from "../client";
import { type Sent, WRITERS } from "./load";

/** Looks into every mailbox after all crashes and returns what is wrong, in words: lost, doubled, out of order, or a badge that lies. */
export async function checkMailboxes(url: string, sent: readonly Sent[]): Promise<string[]> {
  const devices = new Map<string, Device>();
  for (const handle of WRITERS) devices.set(handle, await Device.signIn(url, handle));
  await settled(devices.get("ann") as Device);
  const faults: string[] = [];
  const threadIds = [...new Set(sent.map(({ threadId }) => threadId))];
  for (const threadId of threadIds) faults.push(...(await checkThread([...devices], threadId, sent)));
  for (const [handle, device] of devices) faults.push(...(await checkBadges(handle, device)));
  for (const device of devices.values()) device.close();
  return faults;
}

/** Ann is the demo's admin: her page says when nothing is owed any more. */
async function settled(admin: Device): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const { figures } = await admin.query<{ figures: { key: string; value: number }[] }>("admin.overview");
    if (figures.find(({ key }) => key === "owed")?.value === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function checkThread(devices: [string, Device][], threadId: string, sent: readonly Sent[]): Promise<string[]> {
  const seen: { handle: string; texts: string[] }[] = [];
  for (const [handle, device] of devices) {
    const texts = await textsOf(device, threadId);
    if (texts !== undefined) seen.push({ handle, texts });
  }
  const acknowledged = sent.filter((message) => message.threadId === threadId && message.acknowledged).map(({ text }) => text);
  const faults = seen.flatMap(({ handle, texts }) => [
    ...acknowledged.filter((text) => !texts.includes(text)).map((text) => `${handle} lost ${text}`),
    ...texts.filter((text, i) => texts.indexOf(text) !== i).map((text) => `${handle} has ${text} twice`),
  ]);
  const [first, ...others] = seen;
  for (const other of others)
    if (other.texts.join() !== first?.texts.join()) faults.push(`${first?.handle} and ${other.handle} see another order in ${threadId}`);
  return faults;
}

async function textsOf(device: Device, threadId: string): Promise<string[] | undefined> {
  const messages: Message[] = [];
  let before: string | undefined;
  try {
    for (;;) {
      const page = await device.query<{ messages: Message[]; more: boolean }>("thread.messages", {
        threadId,
        limit: 200,
        ...(before !== undefined && { before }),
      });
      messages.unshift(...page.messages);
      before = page.messages[0]?.id;
      if (!page.more) break;
    }
  } catch {
    return undefined; // not a thread of this person's
  }
  return messages.map(({ text }) => text).filter((text) => /^r\d+-/.test(text));
}

async function checkBadges(handle: string, device: Device): Promise<string[]> {
  const { head } = await device.query<{ head: { unread: Record<Folder, number> } }>("mailbox.open");
  const faults: string[] = [];
  for (const folder of FOLDERS) {
    const { threads } = await device.query<{ threads: Thread[] }>("thread.list", { folder, limit: 200 });
    const shown = threads.filter(counts).length;
    if (shown !== head.unread[folder]) faults.push(`${handle}'s badge of ${folder} says ${head.unread[folder]}, the inbox shows ${shown}`);
  }
  return faults;
}
