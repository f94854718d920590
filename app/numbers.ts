import { api } from "@/app/api/client";
import { isPhone, outsidePhone } from "@/domain/address";
import { phoneWords } from "@/domain/phone";

const known = new Map<string, string>();
/** The server answers so many at once. */
const BATCH = 500;

/** Asks how people write these numbers; the tables for that are too large for the screen. Never fails: they can be read without. */
export async function learnNumbers(numbers: readonly string[]): Promise<void> {
  const ids = [...new Set(numbers)].filter((number) => isPhone(number) && !known.has(number)).map(outsidePhone);
  if (ids.length === 0) return;
  const people = await api.person.many.query({ ids: ids.slice(0, BATCH) }).catch(() => []);
  for (const { address, shown } of people) if (address && shown) known.set(address, shown);
}

/** A number in E.164 as people of its country group it, once that was learnt, and so as the inbox shows it. */
export const numberWords = (number: string): string => known.get(number) ?? phoneWords(number);
