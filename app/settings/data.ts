import { type Answers, api } from "@/app/api/client";
import { ask } from "@/app/ask";
import { learnNumbers } from "@/app/numbers";
import type { TextWishes } from "@/domain/texting";

export type Me = Answers["account"]["me"];
export type Phone = Answers["account"]["phones"]["phones"][number];
export type Address = Answers["account"]["addresses"][number];

/** Every query of the account begins with it, and every change bears it: after one, all that is shown of the account is asked for again. */
export const ACCOUNT = ["account"] as const;

export const loadMe = (): Promise<Me> => ask(api.account.me.query());
export const updateMe = (change: { name?: string; handle?: string }) => ask(api.account.update.mutate(change));

export const loadAddresses = (): Promise<Address[]> => ask(api.account.addresses.query());
/** Sends a code to the address; claiming it again sends a new one. */
export const claimAddress = (email: string) => ask(api.account.claimAddress.mutate({ email }));
export const confirmAddress = (email: string, code: string) => ask(api.account.confirmAddress.mutate({ email, code }));
export const removeAddress = (email: string) => ask(api.account.removeAddress.mutate({ email }));

export async function loadPhones(): Promise<Answers["account"]["phones"]> {
  const all = await ask(api.account.phones.query());
  await learnNumbers([...all.phones.map(({ number }) => number), ...all.numbers]);
  return all;
}
/** Sends a code to the phone; claiming it again sends a new one. */
export const claimPhone = (phone: string) => ask(api.account.claimPhone.mutate({ phone }));
export async function confirmPhone(code: string): Promise<{ number: string }> {
  const linked = await ask(api.account.confirmPhone.mutate({ code }));
  await learnNumbers([linked.number]);
  return linked;
}
export const removePhone = (phone: string) => ask(api.account.removePhone.mutate({ phone }));

export type Texting = Answers["texts"]["wishes"];

export const TEXTS = [...ACCOUNT, "texts"] as const;
export async function loadTexting(): Promise<Texting> {
  const texting = await ask(api.texts.wishes.query());
  await learnNumbers(texting.phones);
  return texting;
}
export const saveWishes = ({ kinds, off, ...wishes }: TextWishes): Promise<Texting> =>
  ask(api.texts.saveWishes.mutate({ ...wishes, kinds: { ...kinds }, off: [...off] }));
