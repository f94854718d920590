import { clockTime, dayNumber, dayTime, type TimeStyle } from "@/app/ui/time";

/** How counts, lists, sizes and days are said. The words of the screens are English; the clock is the reader's own zone. */

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

/** "Ann", "Ann and Ben", "Ann, Ben, and 3 more": names beyond `most` become a count. */
export function listWords(names: readonly string[], most = 3): string {
  if (names.length <= most) return LIST.format(names);
  const shown = names.slice(0, most - 1);
  return LIST.format([...shown, `${(names.length - shown.length).toLocaleString("en")} more`]);
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Sizes as people know them from files: 980 bytes, 14 KB, 2.5 MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte");
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 9_950_000 ? 1 : 0)} MB`;
}

/** Midnight that begins the day of `at`, in the reader's zone. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Midnight after the day of `at`; days are not always 24 hours long. */
export function endOfDay(at: number): number {
  const day = new Date(at);
  day.setDate(day.getDate() + 1);
  return day.setHours(0, 0, 0, 0);
}

/** 09:14 today; "Yesterday 09:14", "12 March 2025 09:14" before. */
export function momentWords(at: number, now: number, style: TimeStyle = {}): string {
  const clock = clockTime(at, style);
  return dayNumber(at, style) === dayNumber(now, style) ? clock : `${dayTime(at, now, style)} ${clock}`;
}
