import { type Id, isId } from "@/domain/id";

/** Our Message-ID of a message: it names message and conversation, so that an answer finds its way back without a table. */
export const messageIdOf = (messageId: Id, threadId: Id, domain: string): string => `${messageId}.${threadId}@${domain}`;

/** What `messageIdOf` was made of, or undefined for an identifier that is not of our making. With or without angle brackets. */
export function parseMessageId(text: string, domain: string): { readonly messageId: Id; readonly threadId: Id } | undefined {
  const [local, host, more] = text.trim().replace(/^<|>$/g, "").toLowerCase().split("@");
  if (more !== undefined || host !== domain.toLowerCase()) return undefined;
  const [messageId = "", threadId = "", rest] = (local ?? "").split(".");
  return rest === undefined && isId(messageId) && isId(threadId) ? { messageId, threadId } : undefined;
}
