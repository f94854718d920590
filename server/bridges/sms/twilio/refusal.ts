import { cleanLine } from "@/server/content/text";
import { Refused } from "@/server/delivery/outside-step";

const MAX_WORDS = 300;

/**
 * Twilio's error codes that say more than the HTTP status does. Twilio adds finer ones now and then, so what is not here goes by the status.
 * 30003 and 30008 may pass; the other reasons of a phone's network stay.
 */
const CODES: Readonly<Record<number, readonly [permanent: boolean, code: string]>> = {
  20003: [false, "carrier-login"],
  20404: [false, "carrier-login"], // no such account: the name is wrong, or the URL
  20429: [false, "carrier-busy"],
  21211: [true, "address-unknown"],
  21265: [true, "address-unknown"], // a short code
  21610: [true, "asked-to-stop"],
  21611: [false, "carrier-busy"], // the sending number has its queue full
  21614: [true, "address-unknown"], // no mobile phone
  21635: [true, "address-unknown"], // a landline
  30001: [false, "carrier-busy"],
  30002: [false, "carrier-login"], // the account is suspended
  30003: [false, "phone-expired"],
  30004: [true, "refused"],
  30005: [true, "address-unknown"],
  30006: [true, "address-unknown"], // a landline
  30007: [true, "refused"],
  30008: [false, "refused"],
};

/** What an answer that is none of success means. `body` is what it was read as, whatever that is. */
export function refusalOf(status: number, body: unknown): Refused {
  const { code, message } = Object(body) as { code?: unknown; message?: unknown };
  const number = Number(code) || undefined;
  const [permanent, word] = CODES[number ?? 0] ?? byStatus(status);
  const says = typeof message === "string" ? message : "The carrier gave no reason.";
  return new Refused(permanent, word, cleanLine(`${says} (HTTP ${status}${number === undefined ? "" : `, error ${number}`})`, MAX_WORDS));
}

function byStatus(status: number): readonly [boolean, string] {
  if (status === 401 || status === 403 || status === 404) return [false, "carrier-login"];
  if (status === 408 || status === 425 || status === 429 || status >= 500) return [false, "carrier-busy"];
  // A redirect is not followed: it would take the password elsewhere. Whoever runs Braid has to write the right URL.
  return status < 400 ? [false, "carrier-unreachable"] : [true, "refused"];
}

/** Codes of Node and its fetch for requests that never left. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|.*SELF_SIGNED.*|UNABLE_TO_.+|ERR_TLS_.+)$/;

/** What a call without an answer means: if it left, the carrier may have the message. */
export function brokenOf(error: unknown): Refused {
  const cause = (error as { cause?: { code?: unknown } }).cause;
  const code = typeof cause?.code === "string" ? cause.code : "no answer in time";
  if (NOT_SENT.test(code)) return new Refused(false, "carrier-unreachable", `The carrier was not reached (${code}).`);
  return new Refused(false, "connection-lost", `The carrier did not say whether it has the message (${code}).`);
}
