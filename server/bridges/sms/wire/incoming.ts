import { type DecodedText, decodeText } from "./decode";
import { type Concatenation, concatenationOf, type Header, readHeader } from "./header";

/** What of a deliver_sm its text depends on. */
export interface IncomingFields {
  /** The short_message, or the message_payload when that is given instead. */
  readonly octets: Uint8Array;
  readonly dataCoding: number;
  readonly esmClass: number;
  readonly sarMsgRefNum?: number | undefined;
  readonly sarTotalSegments?: number | undefined;
  readonly sarSegmentSeqnum?: number | undefined;
}

export type Incoming =
  | (DecodedText & { readonly kind: "text"; readonly concatenation?: Concatenation })
  /** binary: not for people, such as settings or a picture. broken-header: the header claims more octets than there are. */
  | { readonly kind: "problem"; readonly problem: "binary" | "broken-header" };

const UDHI = 0x40;

/** What a short message says and which part of what it is. Never throws, whatever the octets. */
export function readIncoming(fields: IncomingFields): Incoming {
  const header: Header | undefined = (fields.esmClass & UDHI) !== 0 ? readHeader(fields.octets) : { length: 0 };
  if (header === undefined) return { kind: "problem", problem: "broken-header" };
  const decoded = decodeText(fields.octets.subarray(header.length), fields.dataCoding, header.shift);
  if (decoded === undefined) return { kind: "problem", problem: "binary" };
  const concatenation = header.concatenation ?? concatenationOf(fields.sarMsgRefNum, fields.sarTotalSegments, fields.sarSegmentSeqnum);
  return { kind: "text", ...decoded, ...(header.strange && { guessed: true }), ...(concatenation !== undefined && { concatenation }) };
}
