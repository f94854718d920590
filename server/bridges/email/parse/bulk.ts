import type { Email } from "postal-mime";

const MARKS: ReadonlyMap<string, RegExp> = new Map([
  ["list-id", /./], // RFC 2919
  ["list-unsubscribe", /./], // RFC 2369
  ["list-post", /./],
  ["precedence", /^\s*(?:bulk|list|junk)\b/i],
  ["auto-submitted", /^\s*auto-/i], // RFC 3834 5: everything but "no"
  ["content-type", /^\s*multipart\/report\b/i], // RFC 6522: bounces and receipts
]);

/** Whether a list or a machine sent it, by what it says of itself. */
export const isBulk = (email: Email): boolean => email.headers.some(({ key, value }) => MARKS.get(key)?.test(value) ?? false);
