import type { Pdu } from "smpp";
import type { SmppAddress } from "./submit";

/** What a carrier hands us: a text or a receipt (SMPP 3.4, 4.6 deliver_sm and 4.7 data_sm). Its bytes are the caller's to keep. */
export interface IncomingSm {
  readonly command: "deliver_sm" | "data_sm";
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
  /** SMPP 3.4, 5.2.12: 0x04 a receipt, 0x40 a user data header in front of the text. */
  readonly esmClass: number;
  readonly protocolId: number;
  readonly dataCoding: number;
  /** short_message, or message_payload where that is empty; a user data header is still in it. */
  readonly message: Buffer;
  /** Optional fields of a receipt. */
  readonly receiptedMessageId?: string;
  readonly messageState?: number;
  readonly networkErrorCode?: Buffer;
  readonly userMessageReference?: number;
  readonly sar?: { readonly reference: number; readonly total: number; readonly part: number };
}

/** Throws when it lacks what makes a message. */
export function incomingOf(pdu: Pdu): IncomingSm {
  const [reference, total, part] = [numberIn(pdu, "sar_msg_ref_num"), numberIn(pdu, "sar_total_segments"), numberIn(pdu, "sar_segment_seqnum")];
  return {
    command: pdu.command === "data_sm" ? "data_sm" : "deliver_sm",
    source: addressIn(pdu, "source_addr", "source_addr"),
    destination: addressIn(pdu, "dest_addr", "destination_addr"),
    esmClass: required(numberIn(pdu, "esm_class")),
    protocolId: numberIn(pdu, "protocol_id") ?? 0,
    dataCoding: required(numberIn(pdu, "data_coding")),
    message: messageIn(pdu),
    ...defined({
      receiptedMessageId: textIn(pdu, "receipted_message_id"),
      messageState: numberIn(pdu, "message_state"),
      networkErrorCode: bytesIn(pdu, "network_error_code"),
      userMessageReference: numberIn(pdu, "user_message_reference"),
      sar: reference === undefined || total === undefined || part === undefined ? undefined : { reference, total, part },
    }),
  };
}

const addressIn = (pdu: Pdu, kind: string, name: string): SmppAddress => ({
  ton: required(numberIn(pdu, `${kind}_ton`)),
  npi: required(numberIn(pdu, `${kind}_npi`)),
  address: required(textIn(pdu, name)),
});

function messageIn(pdu: Pdu): Buffer {
  const short = bytesIn(pdu, "short_message");
  if (short && short.length > 0) return short;
  return required(bytesIn(pdu, "message_payload") ?? short);
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("a message without one of its fields");
  return value;
}

const numberIn = (pdu: Pdu, name: string): number | undefined => (typeof pdu[name] === "number" ? pdu[name] : undefined);
const textIn = (pdu: Pdu, name: string): string | undefined => (typeof pdu[name] === "string" ? pdu[name] : undefined);
/** A copy: the PDU's bytes are a view of what the socket read. */
const bytesIn = (pdu: Pdu, name: string): Buffer | undefined => (Buffer.isBuffer(pdu[name]) ? Buffer.from(pdu[name]) : undefined);

/** Leaves out what is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
