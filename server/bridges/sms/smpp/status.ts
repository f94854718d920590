import smpp from "smpp";
import { SmppFailure, type SmppFailureKind } from "./failure";

/** SMPP 3.4, 5.1.3: what a command_status says of a message, or of a bind. */
const MEANINGS: Readonly<Record<string, readonly [SmppFailureKind, string]>> = {
  ESME_RINVMSGLEN: ["permanent", "The carrier says the message is too long."],
  ESME_RINVCMDLEN: ["permanent", "The carrier could not read the message."],
  ESME_RINVCMDID: ["permanent", "The carrier does not know this kind of request."],
  ESME_RINVBNDSTS: ["temporary", "The carrier says this connection may not do that."],
  ESME_RALYBND: ["temporary", "The carrier says we are connected already."],
  ESME_RINVPRTFLG: ["permanent", "The carrier does not accept the priority."],
  ESME_RINVREGDLVFLG: ["permanent", "The carrier does not give delivery receipts of this kind."],
  ESME_RSYSERR: ["temporary", "The carrier has a fault of its own."],
  ESME_RINVSRCADR: ["permanent", "The carrier does not accept the sender's number."],
  ESME_RINVDSTADR: ["permanent", "The carrier does not accept the recipient's number."],
  ESME_RBINDFAIL: ["temporary", "The carrier does not let us connect."],
  ESME_RINVPASWD: ["login", "The carrier does not accept the password."],
  ESME_RINVSYSID: ["login", "The carrier does not know our name (system_id)."],
  ESME_RMSGQFUL: ["throttled", "The carrier's queue is full."],
  ESME_RINVSERTYP: ["permanent", "The carrier does not know the service type."],
  ESME_RINVESMCLASS: ["permanent", "The carrier does not accept this kind of message."],
  ESME_RSUBMITFAIL: ["temporary", "The carrier could not take the message."],
  ESME_RINVSRCTON: ["permanent", "The carrier does not accept the kind of the sender's number."],
  ESME_RINVSRCNPI: ["permanent", "The carrier does not accept the plan of the sender's number."],
  ESME_RINVDSTTON: ["permanent", "The carrier does not accept the kind of the recipient's number."],
  ESME_RINVDSTNPI: ["permanent", "The carrier does not accept the plan of the recipient's number."],
  ESME_RINVSYSTYP: ["login", "The carrier does not know the system type."],
  ESME_RINVREPFLAG: ["permanent", "The carrier does not replace messages."],
  ESME_RTHROTTLED: ["throttled", "The carrier wants messages more slowly."],
  ESME_RINVSCHED: ["permanent", "The carrier does not accept the time of delivery."],
  ESME_RINVEXPIRY: ["permanent", "The carrier does not accept the time of expiry."],
  ESME_RX_T_APPN: ["temporary", "The receiving system refused the message for now."],
  ESME_RX_P_APPN: ["permanent", "The receiving system refused the message."],
  ESME_RX_R_APPN: ["permanent", "The receiving system rejected the message."],
  ESME_RINVTLVSTREAM: ["permanent", "The carrier could not read the optional fields."],
  ESME_RTLVNOTALLWD: ["permanent", "The carrier does not allow one of the optional fields."],
  ESME_RINVTLVLEN: ["permanent", "The carrier does not accept the length of an optional field."],
  ESME_RMISSINGTLV: ["permanent", "The carrier misses an optional field."],
  ESME_RINVTLVVAL: ["permanent", "The carrier does not accept the value of an optional field."],
  ESME_RDELIVERYFAILURE: ["permanent", "The carrier could not deliver the message."],
  ESME_RPROHIBITED: ["permanent", "The carrier does not allow this message."],
  ESME_RSERTYPUNAUTH: ["permanent", "The carrier does not allow us the service type."],
  ESME_RINVDCS: ["permanent", "The carrier does not accept the encoding."],
};

const NAMES = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]));

/** A status that is not 0. One that is nobody's, such as a carrier's own (0x400 to 0x4ff), counts as temporary: the caller ends trying in the end, a message dropped is gone. */
export function refusalOf(status: number): SmppFailure {
  const code = NAMES.get(status) ?? `0x${status.toString(16).padStart(8, "0")}`;
  const [kind, sentence] = MEANINGS[code] ?? ["temporary", `The carrier answered with ${code}.`];
  return new SmppFailure(kind, code, sentence);
}

/** Of `smpp.errors`, which knows them all. */
export const statusOf = (name: string): number => smpp.errors[name]!;
