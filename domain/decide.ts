import { type Channel, isOutside, nativeChannel, type ParticipantId } from "./address";
import type { Folder, Thread } from "./thread";

/** Which way a message goes to one recipient, and the stable word for why, which both sides can see. */
export type Way =
  | { readonly by: "mailbox"; readonly channel: "chat"; readonly reason: "has-account" }
  | { readonly by: "email"; readonly channel: "email"; readonly reason: "outside-by-email" }
  | { readonly by: "sms"; readonly channel: "sms"; readonly reason: "outside-by-sms" }
  | { readonly by: "none"; readonly channel: Channel; readonly reason: "no-such-person" | "no-way-to-reach" };

export interface WayFacts {
  readonly to: ParticipantId;
  /** Whether somebody inside has this id. */
  readonly known: boolean;
}

export function decideWay({ to, known }: WayFacts): Way {
  if (!isOutside(to)) return known ? { by: "mailbox", channel: "chat", reason: "has-account" } : { by: "none", channel: "chat", reason: "no-such-person" };
  const channel = nativeChannel(to);
  if (channel === "email") return { by: "email", channel, reason: "outside-by-email" };
  return channel === "sms" ? { by: "sms", channel, reason: "outside-by-sms" } : { by: "none", channel, reason: "no-way-to-reach" };
}

export interface FolderFacts {
  /** The thread as it is in the recipient's mailbox; undefined when this message opens it. */
  readonly thread: Pick<Thread, "folder" | "moved" | "muted"> | undefined;
  readonly from: ParticipantId;
  /** Mailing lists, newsletters, machines: nobody waits for an answer. */
  readonly bulk: boolean;
}

/**
 * Where an arriving message puts its thread. A move by the owner sticks; news brings an archived conversation back unless it is muted, and
 * what nobody waits for comes back to where such mail belongs.
 */
export function decideFolder({ thread, from, bulk }: FolderFacts): Folder {
  if (thread === undefined) return bulk || isOutside(from) ? "other" : "messages";
  if (thread.folder === "archive") return thread.muted ? "archive" : bulk ? "other" : "messages";
  return thread.folder;
}
