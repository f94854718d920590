import type { CopyReason } from "@/domain/decide-copy";
import type { Copied, Delivery } from "@/domain/message";
import { momentWords } from "./words";

/** Why a message went, waits, or did not go to my phone as well. For the details only. */
const WHY: Readonly<Record<CopyReason, string>> = {
  "was-offline": "By SMS, because you were away.",
  "was-away": "By SMS, because Braid was open and nobody looked at it.",
  "after-quiet-hours": "By SMS, after your quiet hours.",
  "may-read-soon": "It goes if you do not read it soon.",
  "quiet-hours": "It waits for the end of your quiet hours.",
  "just-texted": "It waits a moment, so that what comes in between goes in one text.",
  joined: "It went in one text with a later message.",
  "read-meanwhile": "You had read it before.",
  "is-here": "You had Braid before you.",
  deleted: "You had deleted it before.",
  muted: "This conversation is muted.",
  "not-in-messages": "This conversation is not in Messages.",
  "kind-off": "You do not want texts about messages of this kind.",
  "texts-off": "You have turned texts off.",
  "phone-off": "You have turned texts to this phone off.",
  unlinked: "The phone is not linked to your account any more.",
  "asked-to-stop": "Somebody texted STOP from this phone.",
  "no-carrier": "No carrier of this Braid reaches this phone.",
  "too-dear": "A text to this phone costs more than this Braid spends on one.",
  "cap-reached": "You had as many texts that day as you want.",
  "too-late": "It could not go for a day, and is no news any more.",
};

export const copyWhy = (reason: CopyReason): string => WHY[reason] ?? "";

/** What became of a copy to my phone that has not gone; undefined when it has, or is being tried. */
export function copyWords({ state, attempts, retryAt }: Pick<Delivery, "state" | "attempts" | "retryAt">, now: number): string | undefined {
  if (state === "withheld") return "Not sent as SMS";
  if (state !== "sending" || attempts) return undefined;
  return retryAt !== undefined && retryAt > now ? `Goes as SMS ${momentWords(retryAt, now)}` : "Going as SMS";
}

const HEARD: Readonly<Record<Copied["state"], string>> = {
  sent: "The carrier took it.",
  delivered: "The phone has it.",
  failed: "It did not reach the phone.",
};

/** The same for who wrote: `name` is the one who got it. */
export function copiedWords({ state, reason }: Copied, name: string): string {
  const why = reason === "after-quiet-hours" ? `after the quiet hours of ${name}` : `because ${name} was away`;
  return `Also by SMS, ${why}. ${HEARD[state]}`;
}
