/** A stretch of each day, minutes after midnight: from the first up to the second, over midnight when that is the lesser. */
export interface DailyHours {
  readonly from: number;
  readonly to: number;
}

export interface LocalTime {
  /** As 2026-11-25. */
  readonly day: string;
  /** After midnight. */
  readonly minute: number;
}

const MINUTE = 60_000;
const DAY = 1_440;
/** Clocks are turned back by an hour now and then, at most once in a night. */
const STEPS = 4;
/** A format takes long to make and holds much. A zone can be spelled in large and small letters in very many ways, so there is an end. */
const MOST_FORMATS = 1_000;
const FORMATS = new Map<string, Intl.DateTimeFormat>();

export function isZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** What the clocks show in a time zone (IANA). Throws RangeError for a zone there is none of. */
export function localTime(at: number, zone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts.year}-${parts.month}-${parts.day}`, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

export function isWithin({ minute }: Pick<LocalTime, "minute">, { from, to }: DailyHours): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** When such hours are over that it is in now, Unix milliseconds; `at` itself when it is in none. In the night in which clocks are put forward an hour later. */
export function endOf(at: number, hours: DailyHours, zone: string): number {
  let end = at;
  for (let step = 0; step < STEPS; step++) {
    const time = localTime(end, zone);
    if (!isWithin(time, hours)) return end;
    end = end - (end % MINUTE) + ((hours.to - time.minute + DAY) % DAY) * MINUTE;
  }
  return end;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const number = "2-digit" as const;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", calendar: "gregory" },
    ...{ year: "numeric", month: number, day: number, hour: number, minute: number },
  });
  if (FORMATS.size >= MOST_FORMATS) FORMATS.clear();
  FORMATS.set(zone, format);
  return format;
}
