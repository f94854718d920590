import { createHash } from "node:crypto";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { Messaging } from "../messaging";
import { SCRIPT, type Scene } from "./script";

const HOUR = 3_600_000;

export interface StageDeps {
  readonly messaging: Messaging;
  readonly blobs: BlobStore;
  readonly mint: IdMinter;
  /** The clock of the play, which the messaging above runs by. */
  readonly clock: Clock;
  readonly setClock: (now: number) => void;
  readonly idOf: (handle: string) => Id;
}

const makerOf = (line: number): string => `demo-${String(line).padStart(4, "0")}`;

/** Whether the last scene, a mail to Ann, has been played. */
export async function isPlayed({ messaging, idOf }: StageDeps): Promise<boolean> {
  const line = SCRIPT.length - 1;
  return messaging.mailboxes.read(idOf((SCRIPT[line] as Extract<Scene, { kind: "mail" }>).to), async (view) => (await view.maker(makerOf(line))) !== undefined);
}

/** Plays the demo's week into empty mailboxes. Each line has its own maker, so a play that was interrupted goes on where it stopped. */
export async function playDemo(deps: StageDeps, now: number): Promise<void> {
  for (const [line, scene] of SCRIPT.entries()) {
    deps.setClock(Math.round(now - scene.ago * HOUR));
    await act(deps, scene, makerOf(line));
    await deps.messaging.deliverer.settle();
  }
}

async function act(deps: StageDeps, scene: Scene, maker: string): Promise<void> {
  if (scene.kind === "mail") return mail(deps, scene, maker);
  const user = deps.idOf(scene.kind === "say" ? scene.from : scene.by);
  const threadId = await threadWith(deps, user, scene, maker);
  switch (scene.kind) {
    case "say":
      await deps.messaging.sending.send(user, threadId, scene.text, maker);
      return;
    case "name":
      await deps.messaging.groups.rename(user, threadId, scene.name, maker);
      return;
    case "archive":
      await deps.messaging.acts.move(user, threadId, "archive", maker);
      return;
    case "read":
      return read(deps, user, threadId, maker);
    default:
      return scene satisfies never;
  }
}

async function threadWith({ messaging, idOf }: StageDeps, user: Id, { to }: { to: readonly string[] }, maker: string): Promise<Id> {
  const people = to.map((name) => (name.includes("@") ? name : idOf(name)));
  return (await messaging.sending.start(user, people, maker)).thread.id;
}

async function read({ messaging }: StageDeps, user: Id, threadId: Id, maker: string): Promise<void> {
  const { thread } = await messaging.reads.thread(user, threadId);
  if (thread.last !== undefined) await messaging.acts.read(user, threadId, thread.last.messageId, maker);
}

async function mail({ messaging, blobs, mint, clock, idOf }: StageDeps, scene: Extract<Scene, { kind: "mail" }>, maker: string): Promise<void> {
  const { text, quote } = splitQuote(scene.text);
  const at = clock();
  const to = idOf(scene.to);
  const messageId = `${createHash("sha256").update(maker).digest("hex").slice(0, 16)}@${scene.from.split("@")[1]}`;
  const raw = await blobs.put(Buffer.from(rawMail(scene, messageId, at)));
  await messaging.receive.mail({
    id: mint.next(),
    maker,
    at,
    from: { address: scene.from, ...(scene.name !== undefined && { name: scene.name }) },
    recipients: [to],
    to: [],
    cc: [],
    text,
    bulk: scene.bulk ?? false,
    answers: [],
    mail: {
      messageId,
      subject: scene.subject,
      fromAddress: scene.from,
      ...(scene.name !== undefined && { fromName: scene.name }),
      date: at,
      raw: raw.key,
      bytes: raw.bytes,
      sender: "unproven",
      ...(quote !== undefined && { quote }),
    },
  });
}

function splitQuote(text: string): { text: string; quote?: string } {
  const at = text.search(/\n\nOn [^\n]+ wrote:\n>/);
  return at < 0 ? { text } : { text: text.slice(0, at), quote: text.slice(at + 2) };
}

const rawMail = ({ from, name, to, subject, text }: Extract<Scene, { kind: "mail" }>, messageId: string, at: number): string =>
  [
    `From: ${name ? `"${name}" ` : ""}<${from}>`,
    `To: <${to}@braid.localhost>`,
    `Subject: ${subject}`,
    `Date: ${new Date(at).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${messageId}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    text.replaceAll("\n", "\r\n"),
  ].join("\r\n");
