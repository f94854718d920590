import type { Fields } from "smpp";
import type { Outcome } from "./behaviour";
import type { Submitted } from "./smsc";

/** SMPP 3.4, 5.2.28. */
const STATES: Readonly<Record<Outcome, number>> = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, UNKNOWN: 7, REJECTD: 8 };

/** A receipt as most carriers write it (SMPP 3.4, appendix B), in words and in optional fields. `now` in Unix milliseconds. */
export function receiptFor({ messageId, at, fields }: Submitted, outcome: Outcome, now: number): Fields {
  const [sub, dlvrd, err] = ["001", outcome === "DELIVRD" ? "001" : "000", outcome === "DELIVRD" ? "000" : "001"];
  const words = `id:${messageId} sub:${sub} dlvrd:${dlvrd} submit date:${stamp(at)} done date:${stamp(now)} stat:${outcome} err:${err} text:`;
  return {
    ...{ source_addr_ton: fields.dest_addr_ton, source_addr_npi: fields.dest_addr_npi, source_addr: fields.destination_addr },
    ...{ dest_addr_ton: fields.source_addr_ton, dest_addr_npi: fields.source_addr_npi, destination_addr: fields.source_addr },
    ...{ esm_class: 0x04, data_coding: 0, short_message: Buffer.from(words, "latin1") },
    ...{ receipted_message_id: messageId, message_state: STATES[outcome] },
    ...(fields.user_message_reference !== undefined && { user_message_reference: fields.user_message_reference }),
  };
}

/** YYMMDDhhmm, in UTC. */
const stamp = (at: number): string => new Date(at).toISOString().replace(/\D/g, "").slice(2, 12);
