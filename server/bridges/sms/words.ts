import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Assignment } from "./pool";

export interface Wording {
  readonly message: Message;
  readonly thread: Thread;
  readonly assignment: Assignment;
  readonly sender: string;
}

/** What a phone shows. */
export const wordsFor = ({ message, ...wording }: Wording): string => frontFor(wording) + message.text;

/**
 * What stands before a text. The phone knows our number and not who writes, so the name is there where that is not clear: in groups always,
 * and with two when the number is new to the conversation. A number that stood for another conversation says so.
 */
export function frontFor({ thread, assignment, sender }: Omit<Wording, "message">): string {
  const group = thread.kind === "group";
  if (!group && !assignment.isNew) return "";
  const where = group && assignment.isNew && thread.name !== undefined ? ` in ${thread.name}` : "";
  const moved = assignment.taken === undefined ? "" : " (this number is now for this conversation)";
  return `${sender}${where}${moved}: `;
}
