/** How times are said: relative for a day, then dates; exact on demand. All functions are pure; times are Unix milliseconds. */
export interface TimeStyle {
  /** IANA zone; the machine's own when absent. */
  readonly zone?: string;
  /** BCP 47; the person's own kind of English when absent, since the words around it are English. */
  readonly locale?: string;
  /** Of 12 or 24 hours; the locale's own when absent, and without a locale that of the person's first language, English or not. */
  readonly hourCycle?: HourCycle;
}

type HourCycle = "h11" | "h12" | "h23" | "h24";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "now", "5 min", "3 h", then "12 Nov", in another year "12 Nov 2024". A clock that is a little ahead still says "now". */
export function shortTime(at: number, now: number, style: TimeStyle = {}): string {
  const age = now - at;
  if (age > -DAY && age < MINUTE) return "now";
  if (age >= 0 && age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age >= 0 && age < DAY) return `${Math.floor(age / HOUR)} h`;
  return format(at, style, sameYear(at, now, style) ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" });
}

/** "5 minutes ago" for sentences, then "on 12 Nov". */
export function longTime(at: number, now: number, style: TimeStyle = {}): string {
  const age = now - at;
  if (age < MINUTE) return "just now";
  if (age < HOUR) return ago(Math.floor(age / MINUTE), "minute");
  if (age < DAY) return ago(Math.floor(age / HOUR), "hour");
  return `on ${shortTime(at, now, style)}`;
}

/** "9:14 AM" or "09:14" beside a bubble. */
export const clockTime = (at: number, style: TimeStyle = {}): string => format(at, style, { ...hoursOf(style), minute: "2-digit" });

/** "Wednesday, 12 November 2025 at 09:14:05 CET", for the tooltip. */
export const exactTime = (at: number, style: TimeStyle = {}): string =>
  format(at, style, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    ...hoursOf(style),
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });

/** "Today", "Yesterday", "Wednesday" within a week, "12 November", "12 November 2024": the line between two days. */
export function dayTime(at: number, now: number, style: TimeStyle = {}): string {
  const days = dayNumber(now, style) - dayNumber(at, style);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return format(at, style, { weekday: "long" });
  return format(at, style, sameYear(at, now, style) ? { day: "numeric", month: "long" } : { day: "numeric", month: "long", year: "numeric" });
}

/** Counts calendar days in the person's zone: two times are on the same day when their numbers are equal. */
export function dayNumber(at: number, style: TimeStyle = {}): number {
  const parts = Object.fromEntries(
    formatter({ ...style, locale: "en-u-ca-gregory-nu-latn" }, { year: "numeric", month: "numeric", day: "numeric" })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1) / DAY;
}

const ago = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"} ago`;

const sameYear = (a: number, b: number, style: TimeStyle): boolean => format(a, style, { year: "numeric" }) === format(b, style, { year: "numeric" });

const format = (at: number, style: TimeStyle, options: Intl.DateTimeFormatOptions): string => formatter(style, options).format(at);

/** Making a formatter costs 50 times more than using it, and a list asks for thousands. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(style: TimeStyle, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = style.locale ?? ownEnglish();
  const key = `${locale}|${style.zone ?? ""}|${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: style.zone });
  formatters.set(key, known);
  return known;
}

const ownEnglish = (): string => (typeof navigator === "undefined" ? undefined : navigator.languages?.find((language) => language.startsWith("en"))) ?? "en-GB";

/** A leading zero belongs to 24 hours only. Somebody who reads German before English wants English words and 20:37. */
function hoursOf({ locale, hourCycle }: TimeStyle): Intl.DateTimeFormatOptions {
  const cycle = hourCycle ?? cycleOf(locale ?? (typeof navigator === "undefined" ? ownEnglish() : navigator.language));
  return { hour: cycle === "h23" || cycle === "h24" ? "2-digit" : "numeric", hourCycle: cycle };
}

const cycles = new Map<string, HourCycle>();

function cycleOf(locale: string): HourCycle {
  const known = cycles.get(locale) ?? new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hourCycle ?? "h23";
  cycles.set(locale, known);
  return known;
}
