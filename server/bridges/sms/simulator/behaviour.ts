import type { Random } from "@/domain/id";
import type { Submitted } from "./smsc";

/** What the simulated carrier does with a submit_sm. `drop`: it took the message, and the connection breaks before or after it says so. */
export interface SubmitAnswer {
  /** A command_status; 0 takes the message. */
  readonly status?: number;
  readonly afterMs?: number;
  readonly drop?: "before" | "after";
  /** It takes the message and never says so. */
  readonly silent?: boolean;
}

/** SMPP 3.4, appendix B. */
export type Outcome = "DELIVRD" | "UNDELIV" | "EXPIRED" | "REJECTD" | "UNKNOWN";

/** May be changed at any time. */
export interface Behaviour {
  /** A status, or `silent`; undefined looks at the accounts. */
  bind(systemId: string, password: string): number | "silent" | undefined;
  submit(sms: Submitted, random: Random): SubmitAnswer;
  /** Messages an account may send in one second; more are throttled. */
  perSecond?: number;
  /** What becomes of a message that was taken and asked for a receipt, and when. */
  receipt(sms: Submitted, random: Random): { readonly afterMs: number; readonly outcome: Outcome } | undefined;
  enquire: "answers" | "silent";
  /** Milliseconds until a message or receipt that was not acknowledged is sent again. */
  repeatMs: number;
}

/** A carrier that works: receipts come within two seconds. */
export const goodBehaviour = (): Behaviour => ({
  bind: () => undefined,
  submit: () => ({}),
  receipt: (_, random) => ({ afterMs: 200 + Math.floor((random(1)[0]! / 256) * 1800), outcome: "DELIVRD" }),
  enquire: "answers",
  repeatMs: 1000,
});
