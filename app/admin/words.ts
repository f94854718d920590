import { failureWords } from "@/app/inbox/model/reasons";
import type { Figure, Probe, Series } from "./data";

const WORST: readonly Probe["state"][] = ["broken", "slow", "ok"];

/** What needs a person first, then the rest in the server's order. */
export const worstFirst = (probes: readonly Probe[]): Probe[] => [...probes].sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state));

/** How it all is, in one sentence. */
export function health(probes: readonly Probe[]): string {
  const troubled = probes.filter(({ state }) => state !== "ok");
  if (troubled.length === 0) return "Everything works.";
  const broken = troubled.filter(({ state }) => state === "broken").length;
  const slow = troubled.length - broken;
  return [broken > 0 && `${broken} broken`, slow > 0 && `${slow} slow`, `${probes.length - troubled.length} fine`].filter(Boolean).join(", ").concat(".");
}

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const BYTES = ["bytes", "KB", "MB", "GB", "TB"];

/** A figure as a number and its unit: bytes in the unit that suits them, the rest with three digits that mean something. */
export function figureWords({ value, unit }: Pick<Figure, "value" | "unit">): { value: string; unit: string } {
  if (!Number.isFinite(value)) return { value: "–", unit: "" };
  if (unit !== "bytes") return { value: Math.abs(value) >= 1000 ? whole.format(value) : number.format(value), unit };
  const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(1024))));
  return { value: number.format(value / 1024 ** power), unit: BYTES[power] ?? unit };
}

/** A reason of the server as a line of a list. One that has no sentence yet stands as it is. */
export function failureLine(reason: string): string {
  const words = SMS_ONLY[reason] ?? failureWords({ reason, channel: "sms" }, reason);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What no single message is told. */
const SMS_ONLY: Readonly<Record<string, string>> = { other: "for other reasons", "server-internal": "for a fault of our own, which is in the log" };

/** The plot for those who do not see it: where it stands, and its ends. */
export function seriesWords({ points }: Pick<Series, "points">): string {
  const values = points.map(([, value]) => value).filter(Number.isFinite);
  const last = values.at(-1);
  if (last === undefined) return "Nothing measured yet.";
  const say = (value: number) => figureWords({ value, unit: "" }).value;
  return `Now ${say(last)}; between ${say(Math.min(...values))} and ${say(Math.max(...values))} in the last hour.`;
}
