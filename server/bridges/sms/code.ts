import { AppError } from "@/domain/error";
import { phoneWords } from "@/domain/phone";
import { Refused } from "@/server/delivery/outside-step";
import { type Carrier, carriersFor } from "./carrier";
import type { Consent } from "./consent";

interface CodeDeps {
  readonly carriers: readonly Carrier[];
  readonly consent: Pick<Consent, "allows">;
  /** Numbers that join segments, 16 bits. */
  readonly reference: () => number;
}

/** Sends the code that proves a phone, by the way of all texts. Fails with phone/unreachable, phone/stopped or phone/not-sent. */
export async function sendCode({ carriers, consent, reference }: CodeDeps, { to, code }: { to: string; code: string }): Promise<void> {
  const [best] = carriersFor(carriers, to);
  if (best === undefined) throw new AppError("phone/unreachable");
  const { carrier, oneWay: from } = best;
  if (!(await consent.allows(to))) throw stopped(carrier);
  const text = `${code} is your Braid code. Enter it in Braid under Settings, Phones. It lasts 15 minutes. If you did not ask for it, do nothing.`;
  const [failure] = (await carrier.submit({ from, to, text, reference: reference(), skip: new Set(), took: async () => {} })).failures;
  if (failure === undefined) return;
  if (!(failure instanceof Refused)) throw failure;
  throw failure.code === "asked-to-stop" ? stopped(carrier) : new AppError("phone/not-sent", undefined, { cause: failure });
}

const stopped = ({ numbers }: Carrier): AppError =>
  new AppError("phone/stopped", `That phone asked to get no messages from Braid. Text START from it to ${phoneWords(numbers.at(-1) ?? "")}, then try again.`);
