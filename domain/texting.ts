import type { DailyHours } from "./hours";

/** Kinds of message of which a person may want a text message when they are away. */
export const TEXT_KINDS = ["direct", "group", "email"] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** What a person wants to be texted of. */
export interface TextWishes {
  readonly on: boolean;
  readonly kinds: Readonly<Record<TextKind, boolean>>;
  /** No text comes within these hours; what arrives in them comes after. */
  readonly quiet?: DailyHours;
  /** IANA time zone of the hours and of the day that `daily` counts. */
  readonly zone: string;
  /** Texts a day, at most. */
  readonly daily: number;
  /** Numbers (E.164) of the person that get none all the same. */
  readonly off: readonly string[];
}

export const MOST_TEXTS = 100;
/** The day of somebody whose time zone is not known. */
export const NO_ZONE = "UTC";

/** What holds until a person says otherwise: linking a phone asks for texts, and a text costs and may wake somebody. */
export const USUAL_WISHES: TextWishes = {
  on: true,
  kinds: { direct: true, group: false, email: false },
  quiet: { from: 22 * 60, to: 8 * 60 },
  zone: NO_ZONE,
  daily: 20,
  off: [],
};
