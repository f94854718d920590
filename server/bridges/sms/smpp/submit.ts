import { SmppFailure } from "./failure";
import { encodePdu } from "./pdu";
import { refusalOf, statusOf } from "./status";

/** Type of number and numbering plan (SMPP 3.4, 5.2.5 and 5.2.6): 1 and 1 an international number, 5 and 0 letters, 0 and 0 a short code. */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

/** One part of a text to send, encoded: submit_sm (SMPP 3.4, 4.4.1). Fields left out are 0 or empty. */
export interface SubmitSm {
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
  readonly dataCoding: number;
  /** At most 254 bytes; a user data header, announced by 0x40 in `esmClass`, is a part of it. */
  readonly shortMessage: Uint8Array;
  /** Instead of `shortMessage`, for carriers that split texts themselves. */
  readonly messagePayload?: Uint8Array;
  readonly esmClass?: number;
  readonly serviceType?: string;
  readonly protocolId?: number;
  readonly priority?: number;
  /** 1 asks for a receipt of the final outcome. */
  readonly registeredDelivery?: number;
  /** SMPP 3.4, 7.1.1: 16 characters, such as `000001000000000R` for a day. */
  readonly validityPeriod?: string;
  readonly scheduleDeliveryTime?: string;
  /** Comes back in receipts of some carriers. 16 bits. */
  readonly userMessageReference?: number;
  /** Parts announced beside the text instead of in it. */
  readonly sar?: { readonly reference: number; readonly total: number; readonly part: number };
}

const MAX_SHORT = 254;
const MAX_PAYLOAD = 8192;
const MAX_ADDRESS = 20;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The bytes, with the sequence number still to be set. Throws SmppFailure `permanent`, with the status that a carrier would answer with. */
export function encodeSubmit(sms: SubmitSm): Buffer {
  const wrong = faultOf(sms);
  if (wrong !== undefined) throw refusalOf(statusOf(wrong)).as("permanent");
  try {
    return encodePdu("submit_sm", { ...fieldsOf(sms), ...tlvsOf(sms) });
  } catch (error) {
    throw new SmppFailure("permanent", "invalid-pdu", `The message could not be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** Control characters are refused above all: a zero byte would end its field early and move all that follow. */
function faultOf({ source, destination, shortMessage, messagePayload, serviceType, validityPeriod, scheduleDeliveryTime }: SubmitSm): string | undefined {
  if (!isAddress(source.address)) return "ESME_RINVSRCADR";
  if (!isAddress(destination.address) || destination.address === "") return "ESME_RINVDSTADR";
  if (!PRINTABLE.test(serviceType ?? "") || (serviceType ?? "").length > 5) return "ESME_RINVSERTYP";
  if (!isTime(validityPeriod)) return "ESME_RINVEXPIRY";
  if (!isTime(scheduleDeliveryTime)) return "ESME_RINVSCHED";
  return shortMessage.length > MAX_SHORT || (messagePayload?.length ?? 0) > MAX_PAYLOAD ? "ESME_RINVMSGLEN" : undefined;
}

const isAddress = (text: string): boolean => text.length <= MAX_ADDRESS && PRINTABLE.test(text);
const isTime = (text: string | undefined): boolean => text === undefined || /^(\d{15}[R+-])?$/.test(text);

const fieldsOf = (sms: SubmitSm) => ({
  service_type: sms.serviceType ?? "",
  source_addr_ton: sms.source.ton,
  source_addr_npi: sms.source.npi,
  source_addr: sms.source.address,
  dest_addr_ton: sms.destination.ton,
  dest_addr_npi: sms.destination.npi,
  destination_addr: sms.destination.address,
  esm_class: sms.esmClass ?? 0,
  protocol_id: sms.protocolId ?? 0,
  priority_flag: sms.priority ?? 0,
  schedule_delivery_time: sms.scheduleDeliveryTime ?? "",
  validity_period: sms.validityPeriod ?? "",
  registered_delivery: sms.registeredDelivery ?? 0,
  data_coding: sms.dataCoding,
  short_message: Buffer.from(sms.messagePayload === undefined ? sms.shortMessage : []),
});

const tlvsOf = ({ messagePayload, userMessageReference, sar }: SubmitSm) => ({
  ...(messagePayload && { message_payload: Buffer.from(messagePayload) }),
  ...(userMessageReference !== undefined && { user_message_reference: userMessageReference }),
  ...(sar && { sar_msg_ref_num: sar.reference, sar_total_segments: sar.total, sar_segment_seqnum: sar.part }),
});
