import { AppError } from "@/domain/error";
import type { Message } from "@/domain/message";
import { counts, FOLDERS, type Folder, type Thread } from "@/domain/thread";
import { Device } from "../client";
import { type Sent, WRITERS } from "./load";

/** Looks into every mailbox after all crashes and returns what is wrong, in words: lost, doubled, out of order, or a badge that lies. */
export async function checkMailboxes(url: string, sent: readonly Sent[]): Promise<string[]> {
  const devices: Writer[] = [];
  for (const handle of WRITERS) devices.push(await signIn(url, handle));
  await settled((devices[0] as Writer).device);
  const faults: string[] = [];
  const threadIds = [...new Set(sent.map(({ threadId }) => threadId))];
  for (const threadId of threadIds) faults.push(...(await checkThread(await peopleOf(devices, threadId, sent), threadId, sent)));
  for (const { handle, device } of devices) faults.push(...(await checkBadges(handle, device)));
  for (const { device } of devices) device.close();
  return faults;
}

interface Writer {
  readonly handle: string;
  readonly id: string;
  readonly device: Device;
}

async function signIn(url: string, handle: string): Promise<Writer> {
  const device = await Device.signIn(url, handle);
  return { handle, device, id: (await device.query<{ id: string }>("account.me")).id };
}

/** Who is to have a thread: everybody in it, as somebody knows it who wrote there. */
async function peopleOf(devices: readonly Writer[], threadId: string, sent: readonly Sent[]): Promise<Writer[]> {
  const by = sent.find((message) => message.threadId === threadId)?.by;
  const writer = devices.find(({ handle }) => handle === by) as Writer;
  const { thread } = await writer.device.query<{ thread: Thread }>("thread.get", { threadId });
  return devices.filter(({ id }) => thread.people.includes(id));
}

/** Ann, the first writer, is the demo's admin: her page says when nothing is owed any more. */
async function settled(admin: Device): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const { figures } = await admin.query<{ figures: { key: string; value: number }[] }>("admin.overview");
    if (figures.find(({ key }) => key === "owed")?.value === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("A minute after the last crash there are still deliveries waiting.");
}

async function checkThread(people: readonly Writer[], threadId: string, sent: readonly Sent[]): Promise<string[]> {
  const seen: { handle: string; texts: string[] }[] = [];
  for (const { handle, device } of people) seen.push({ handle, texts: await textsOf(device, threadId) });
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

async function textsOf(device: Device, threadId: string): Promise<string[]> {
  const messages: Message[] = [];
  let page: { messages: Message[]; more: boolean };
  try {
    do {
      const before = messages[0]?.id;
      page = await device.query("thread.messages", { threadId, limit: 200, ...(before !== undefined && { before }) });
      messages.unshift(...page.messages);
    } while (page.more);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "thread/unknown")) throw error;
    return []; // everything in it is lost
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
