import { clockTime } from "@/app/ui/time";
import { MOST_TEXTS, type TextKind } from "@/domain/texting";

export const KIND_WORDS: Readonly<Record<TextKind, { readonly label: string; readonly hint?: string }>> = {
  direct: { label: "Messages from one person" },
  group: { label: "Messages in groups" },
  email: { label: "E-mail", hint: "Never newsletters and lists." },
};

export const CAPS: readonly number[] = [5, 10, 20, 50, MOST_TEXTS];
export const capWords = (cap: number): string => (cap === 1 ? "1 text" : `${cap} texts`);

export const HALF_HOURS: readonly number[] = Array.from({ length: 48 }, (_, i) => i * 30);
/** 22:00, or 10:00 PM where hours are said so. */
export const timeWords = (minute: number): string => clockTime(Date.UTC(2026, 0, 1, 0, minute), { zone: "UTC" });

export const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** "New York" for America/New_York. */
export const zoneWords = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
