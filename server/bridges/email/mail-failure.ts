import { cleanLine } from "@/server/content/text";
import { Refused } from "@/server/delivery/outside-step";

/**
 * Why a mail did not go, as a stable word.
 * - `address-unknown`, `mailbox-full`, `too-large`, `refused`: the other side said so.
 * - `relay-busy`: it asked us to come again. `relay-unreachable`: no connection. `relay-login`: the relay does not accept our password.
 * - `connection-lost`: the connection broke while the mail was handed over, so it may have gone. It is sent again; its Message-ID, the same
 *   each time, shows the repeat.
 */
export type MailFailureCode =
  | "address-unknown"
  | "mailbox-full"
  | "too-large"
  | "refused"
  | "relay-busy"
  | "relay-unreachable"
  | "relay-login"
  | "connection-lost";

const MAX_DETAIL = 300;

/** `permanent`: the mail will never go; otherwise it is to be tried again. `detail` is the other side's own words, shortened. */
export class MailFailure extends Refused {
  constructor(permanent: boolean, code: MailFailureCode, detail: string) {
    super(permanent, code, cleanLine(detail, MAX_DETAIL));
  }
}

/** What is read of a failure by nodemailer. */
interface Reported {
  readonly message: string;
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

/** Sorts what nodemailer throws. `begun`: the relay had greeted us and the handing over had begun. */
export function asMailFailure(error: unknown, begun: boolean): MailFailure {
  const reported: Reported = error instanceof Error ? error : new Error(String(error));
  const code = typeof reported.responseCode === "number" ? reported.responseCode : 0;
  const response = typeof reported.response === "string" ? reported.response : "";
  if (reported.code === "EAUTH" || reported.code === "ENOAUTH") return new MailFailure(false, "relay-login", response || reported.message);
  if (code >= 400 && code < 600) return answered(code, response);
  return new MailFailure(false, begun ? "connection-lost" : "relay-unreachable", reported.message);
}

/** RFC 5321 4.2.1: 4yz may pass later, 5yz never. 503 speaks of the session, not of the mail. */
function answered(code: number, response: string): MailFailure {
  const enhanced = /\b[45]\.(\d{1,3}\.\d{1,3})\b/.exec(response.slice(0, 100))?.[1] ?? "";
  if (code < 500 || code === 503) return new MailFailure(false, enhanced === "2.2" ? "mailbox-full" : "relay-busy", response);
  return new MailFailure(true, named(code, enhanced, response), response);
}

/** RFC 3463 subjects: 1 the address, 2 the mailbox. Servers without enhanced codes use words. */
const UNKNOWN = new Set(["1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1"]);
const UNKNOWN_WORDS = /\b(?:unknown|no such|does(?:n't| not) exist|not found|invalid (?:recipient|mailbox)|user unknown|unrouteable)\b/i;

function named(code: number, enhanced: string, response: string): MailFailureCode {
  if (UNKNOWN.has(enhanced)) return "address-unknown";
  if (enhanced === "2.2") return "mailbox-full";
  if (enhanced === "3.4" || enhanced === "2.3") return "too-large";
  if (enhanced !== "") return "refused";
  if (code === 552) return "mailbox-full";
  return code === 551 || code === 553 || (code === 550 && UNKNOWN_WORDS.test(response.slice(0, 300))) ? "address-unknown" : "refused";
}
