import { decodeText } from "./decode";

export type ReceiptState = "enroute" | "delivered" | "expired" | "deleted" | "undeliverable" | "accepted" | "unknown" | "rejected";

export interface Receipt {
  /** As the carrier writes it here, which need not be as it wrote it in submit_sm_resp: see `messageIdForms`. */
  readonly messageId: string;
  readonly state: ReceiptState;
  /** Why it failed, in the carrier's own code; from network_error_code with the network before it, such as "gsm:27". */
  readonly error?: string;
  /** Unix ms. Carriers do not say in which time zone; read as UTC, so for showing and not for ordering. */
  readonly doneAt?: number;
}

/** What of a deliver_sm (or data_sm) a receipt is read from. */
export interface ReceiptFields {
  /** The short_message, or the message_payload when that is given instead. */
  readonly octets: Uint8Array;
  readonly dataCoding: number;
  readonly receiptedMessageId?: string | undefined;
  readonly messageState?: number | undefined;
  /** Three octets: the network, then the code. */
  readonly networkErrorCode?: Uint8Array | undefined;
}

/**
 * Whether esm_class marks a receipt or an intermediate notification (SMPP 3.4, 5.2.12). Only this mark counts: a text that merely looks
 * like a receipt may be from a stranger's phone.
 */
export const isReceipt = (esmClass: number): boolean => [0x04, 0x20].includes(esmClass & 0x3c);

/**
 * A receipt from its optional parameters, and where those are missing from its text, whose form SMPP 3.4 (appendix B) only suggests:
 * fields in any order and case, or none. undefined when it names no message. Never throws.
 */
export function readReceipt(fields: ReceiptFields): Receipt | undefined {
  const text = fieldsOf(textOf(fields));
  const messageId = fields.receiptedMessageId?.trim() || text.get("id");
  if (messageId === undefined) return undefined;
  const error = networkError(fields.networkErrorCode) ?? meaningful(text.get("err"));
  const doneAt = timeOf(text.get("donedate"));
  return {
    messageId,
    state: STATES[fields.messageState ?? 0] ?? stateOf(text.get("stat")),
    ...(error !== undefined && { error }),
    ...(doneAt !== undefined && { doneAt }),
  };
}

/** Carriers write receipts in ASCII and call it the default alphabet, in which "_" and "@" are other letters. */
const textOf = ({ octets, dataCoding }: ReceiptFields): string => decodeText(octets, dataCoding === 0 ? 1 : dataCoding)?.text ?? "";

const FIELD = /(?<!\w)(id|sub|dlvrd|submit[\s_]{0,3}date|done[\s_]{0,3}date|stat|err|text)\s?:/gi;
const MAX_VALUE = 100;

/** The first word after each name, by its name in small letters. The message's own words may hold such names too: what stands before them counts. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const names = [...text.matchAll(FIELD)];
  for (const [index, match] of names.entries()) {
    const name = (match[1] ?? "").toLowerCase().replace(/[\s_]/g, "");
    const [value = ""] = text.slice(match.index + match[0].length, names[index + 1]?.index).match(/\S+/) ?? [];
    if (name !== "text" && value !== "" && value.length <= MAX_VALUE && !found.has(name)) found.set(name, value);
  }
  return found;
}

/** message_state (SMPP 3.4, 5.2.28), by its number. */
const STATES: readonly (ReceiptState | undefined)[] = [
  undefined,
  "enroute",
  "delivered",
  "expired",
  "deleted",
  "undeliverable",
  "accepted",
  "unknown",
  "rejected",
];

/** How a word begins tells its state: DELIVRD and DELIVERED, REJECTD and REJECTED are all in use. */
const WORDS: readonly (readonly [RegExp, ReceiptState])[] = [
  [/^deliv/i, "delivered"],
  [/^(?:undel|fail)/i, "undeliverable"],
  [/^expir/i, "expired"],
  [/^delet/i, "deleted"],
  [/^accep/i, "accepted"],
  [/^rej/i, "rejected"],
  [/^(?:en.?route|buffer|sched)/i, "enroute"],
];

const stateOf = (word = ""): ReceiptState => WORDS.find(([beginning]) => beginning.test(word))?.[1] ?? "unknown";

const NETWORKS: ReadonlyMap<number, string> = new Map([
  [1, "ansi136"],
  [2, "is95"],
  [3, "gsm"],
]);

function networkError(octets: Uint8Array | undefined): string | undefined {
  const [network = 0, high = 0, low = 0] = octets ?? [];
  const code = high * 256 + low;
  return octets?.length !== 3 || code === 0 ? undefined : `${NETWORKS.get(network) ?? network}:${code}`;
}

const meaningful = (error: string | undefined): string | undefined => (error === undefined || /^0+$/.test(error) ? undefined : error);

/** YYMMDDhhmm with or without seconds, or with the whole year. */
const TIMES: readonly RegExp[] = [/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/, /^20(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/];

function timeOf(text = ""): number | undefined {
  for (const form of TIMES) {
    const match = form.exec(text);
    if (match === null) continue;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
    const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
    if (isTime) return Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  }
  return undefined;
}
