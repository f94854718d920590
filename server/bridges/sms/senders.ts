import { isPhone } from "@/domain/address";
import { numberFacts } from "@/server/people/numbers";

/** What the texts of a carrier come from in some countries. The longest beginning of a number counts, then the country, then no rule. */
export interface SenderRule {
  /** Countries (ISO 3166-1 alpha-2) and beginnings of numbers, as +44. */
  readonly to: readonly string[];
  /** Numbers of ours, short codes, or names of letters; all numbers of the carrier where it is left out. */
  readonly from?: readonly string[];
  /** Nothing goes there. */
  readonly never?: boolean;
}

export interface Senders {
  /** What can be answered, so that it may stand for a conversation. */
  readonly numbers: readonly string[];
  /** What texts that want no answer come from. */
  readonly oneWay: string;
}

/** A name instead of a number, which phones show and cannot answer (3GPP TS 23.040, 9.1.2.5): at most eleven letters and digits, one a letter. */
export const isSenderName = (text: string): boolean => /^(?=.*[A-Za-z])[A-Za-z0-9 &_-]{1,11}$/.test(text) && text.trim() === text;
export const isShortCode = (text: string): boolean => /^\d{3,8}$/.test(text);

/** What texts to a phone come from; undefined when none may go there. */
export function sendersTo(phone: string, numbers: readonly string[], rules: readonly SenderRule[]): Senders | undefined {
  const rule = ruleFor(phone, rules);
  if (rule?.never) return undefined;
  const from = rule?.from ?? numbers;
  const name = from.find(isSenderName);
  return { numbers: from.filter((sender) => isPhone(sender) || isShortCode(sender)), oneWay: name ?? (from[0] as string) };
}

function ruleFor(phone: string, rules: readonly SenderRule[]): SenderRule | undefined {
  if (rules.length === 0) return undefined;
  const beginnings = rules.flatMap((rule) => rule.to.filter((to) => to.startsWith("+") && phone.startsWith(to)).map((to) => ({ to, rule })));
  const [longest] = beginnings.sort((a, b) => b.to.length - a.to.length);
  const { country } = numberFacts(phone);
  return longest?.rule ?? rules.find(({ to }) => country !== undefined && to.includes(country));
}
