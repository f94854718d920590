import { phoneKey } from "./phone";

/**
 * Who takes part in a conversation. A person with an account is known by the id of the account; a person outside by a URI
 * (`mailto:` RFC 6068, `tel:` RFC 3966). Verified addresses of one account all resolve to that account before they get here.
 */
export type ParticipantId = string;
export type Channel = "chat" | "email" | "sms" | "site";

export const isOutside = (id: ParticipantId): boolean => id.includes(":");

export const outsideEmail = (address: string): ParticipantId => `mailto:${address}`;
export const emailOf = (id: ParticipantId): string | undefined => (id.startsWith("mailto:") ? id.slice(7) : undefined);

export const outsidePhone = (number: string): ParticipantId => `tel:${number}`;
export const phoneOf = (id: ParticipantId): string | undefined => (id.startsWith("tel:") ? id.slice(4) : undefined);

/** What two ids of the same somebody outside have in common. For comparing only; other ids are their own. */
export function sameId(id: ParticipantId): ParticipantId {
  const phone = phoneOf(id);
  return phone === undefined ? id : outsidePhone(phoneKey(phone));
}

/** Which of these people somebody is, under whichever id. */
export function whoOf(people: readonly ParticipantId[], id: ParticipantId): ParticipantId | undefined {
  const same = sameId(id);
  return people.find((person) => sameId(person) === same);
}

/** The channel that reaches a participant when nothing else decides. */
export const nativeChannel = (id: ParticipantId): Channel => (id.startsWith("mailto:") ? "email" : id.startsWith("tel:") ? "sms" : "chat");

const MAX_EMAIL = 254; // RFC 5321 4.5.3.1.3, less the angle brackets
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** The one spelling under which an e-mail address is compared and stored, or undefined when it is none (RFC 5321 dot-string). */
export function normalEmail(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  if (address.length > MAX_EMAIL || !EMAIL.test(address) || address.includes("..") || address.startsWith(".")) return undefined;
  return address;
}

/** ITU-T E.164: a plus and at most fifteen digits. Which of them exist is another question. */
const PHONE = /^\+[1-9]\d{6,14}$/;
export const isPhone = (text: string): boolean => PHONE.test(text);

/** What stands between digits where people write numbers: spaces, any dash, and the invisible marks that come along when one is copied. */
const BETWEEN = /[\s./\p{Pd}\p{Cf}]/gu;
/** The zero of "+44 (0)20" is dialled inside the country only; that of Italy, San Marino and the Vatican by everybody. */
const HOME_ZERO = /^((?:\+|00)(?!39|378|379)\d{1,3})\(0\)/;
/** A link (RFC 3966): what stands behind the number says how to go on when somebody has answered. */
const LINK = /^\s*tel:([^;?]*).*$/is;

/** The digits that a text is, with what people put between them taken out. */
export const bareNumber = (text: string): string => text.replace(LINK, "$1").replace(BETWEEN, "").replace(HOME_ZERO, "$1").replace(/[()]/g, "");

/**
 * A number as people write it with its country code, behind + or 00, as E.164; undefined when it is none. Without a country nobody knows
 * which network is meant.
 */
export function normalPhone(text: string): string | undefined {
  const number = bareNumber(text).replace(/^00/, "+");
  return isPhone(number) ? number : undefined;
}

const HANDLE = /^[a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?$/;
export const isHandle = (text: string): boolean => HANDLE.test(text) && !text.includes("..");

/** What a set of people is hashed from: order and repeats do not matter, nor which of its numbers a phone is known by. */
export const peopleKey = (people: readonly ParticipantId[]): string => [...new Set(people.map(sameId))].sort().join("\n");
