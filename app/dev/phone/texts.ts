import { segmentsOf } from "@/domain/sms/segments";
import type { Behaviour, PhoneText } from "./data";

export interface Conversation {
  /** Our number. */
  readonly other: string;
  readonly texts: readonly PhoneText[];
}

/** A phone's texts by the number at the other end, oldest first; the conversation with the newest text is the last one. */
export function conversationsOf(texts: readonly PhoneText[]): readonly Conversation[] {
  const groups = new Map<string, PhoneText[]>();
  for (const text of texts) groups.set(text.other, [...(groups.get(text.other) ?? []), text]);
  const newest = (group: Conversation) => group.texts.at(-1)?.at ?? 0;
  return [...groups].map(([other, group]) => ({ other, texts: group })).sort((a, b) => newest(a) - newest(b));
}

/** What the network can be told to do with what we send to a phone. */
export const BEHAVIOURS: readonly Behaviour[] = [
  { outcome: "delivered", delayMs: 1_000 },
  { outcome: "delivered", delayMs: 10_000 },
  { outcome: "undeliverable", delayMs: 1_000 },
  { outcome: "expired", delayMs: 1_000 },
  { outcome: "no-receipt", delayMs: 0 },
];

const OUTCOME: Readonly<Record<Behaviour["outcome"], string>> = {
  delivered: "Delivered",
  undeliverable: "Undeliverable",
  expired: "Expired",
  "no-receipt": "No receipt",
};

/** "Delivered after 10 s". A second is no delay worth a word, but for what is delivered. */
export function behaviourWords({ outcome, delayMs }: Behaviour): string {
  const after = outcome === "delivered" || (outcome !== "no-receipt" && delayMs > 1_000);
  return after ? `${OUTCOME[outcome]} after ${Math.round(delayMs / 100) / 10} s` : OUTCOME[outcome];
}

export const isSame = (a: Behaviour, b: Behaviour): boolean => a.outcome === b.outcome && a.delayMs === b.delayMs;

export const segmentWords = (segments: number): string => `${segments} ${segments === 1 ? "segment" : "segments"}`;

/** Under the field: in how many segments a text goes, and whether in the small alphabet. */
export function sizeWords(text: string): string {
  if (text === "") return "";
  const { segments, encoding } = segmentsOf(text);
  return `${segmentWords(segments)}${encoding === "ucs2" ? ", Unicode" : ""}`;
}
