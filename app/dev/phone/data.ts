import { type Answers, api } from "@/app/api/client";
import { ask } from "@/app/ask";
import { learnNumbers } from "@/app/numbers";

export type Phones = Answers["dev"]["phones"];
export type Phone = Phones["phones"][number];
export type Behaviour = Phone["behaviour"];
export type PhoneText = Answers["dev"]["phoneTexts"][number][number];

export interface OutgoingText {
  readonly phone: string;
  readonly to: string;
  readonly text: string;
}

export async function loadPhones(): Promise<Phones> {
  const all = await ask(api.dev.phones.query());
  await learnNumbers([...all.phones.map(({ number }) => number), ...all.numbers]);
  return all;
}

/** The texts on each of these phones, by its number. */
export async function loadTexts(phones: readonly string[]): Promise<Readonly<Record<string, readonly PhoneText[]>>> {
  const texts = await ask(api.dev.phoneTexts.query({ phones: [...phones] }));
  await learnNumbers(texts.flatMap((some) => some.map(({ other }) => other)));
  return Object.fromEntries(phones.map((phone, place) => [phone, texts[place] ?? []]));
}

export const writeText = (text: OutgoingText) => ask(api.dev.writeText.mutate(text));
export const setBehaviour = (phone: string, behaviour: Behaviour) => ask(api.dev.phoneBehaviour.mutate({ phone, behaviour }));
