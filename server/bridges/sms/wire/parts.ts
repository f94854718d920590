import { AppError } from "@/domain/error";
import { toSeptets } from "@/domain/sms/gsm7";
import { NARROW_HEADER, splitText, WIDE_HEADER } from "@/domain/sms/segments";
import { concatenationHeader } from "./header";

/** One short message as submit_sm and deliver_sm carry it (SMPP 3.4, 4.4.1). */
export interface SmsPart {
  /** At most 160 octets. */
  readonly shortMessage: Buffer;
  /** 0: the default alphabet, a septet an octet. 8: UCS-2, most significant octet first. */
  readonly dataCoding: 0 | 8;
  /** 0x40 (UDHI) when the text stands behind a user data header. */
  readonly esmClass: 0 | 0x40;
}

export interface PartsOptions {
  /** Joins the parts at the receiver; the next message to the same number needs another. */
  readonly reference: number;
  /** A reference of 16 bits, which costs an octet of every part, for those who send the same person much. 8 bits when left out. */
  readonly wide?: boolean;
}

const MAX_PARTS = 255;

/** The short messages of a text in order; none for an empty one. The same text and options make the same octets. Fails with message/too-large. */
export function parts(text: string, { reference, wide = false }: PartsOptions): SmsPart[] {
  const segments = splitText(text, wide ? WIDE_HEADER : NARROW_HEADER);
  if (segments.length > MAX_PARTS) throw new AppError("message/too-large");
  const encode = encoderFor(segments);
  if (segments.length <= 1) return segments.map((segment) => ({ ...encode(segment), esmClass: 0 }));
  return segments.map((segment, index) => {
    const { shortMessage, dataCoding } = encode(segment);
    const header = concatenationHeader({ reference, total: segments.length, number: index + 1 }, wide);
    return { shortMessage: Buffer.concat([header, shortMessage]), dataCoding, esmClass: 0x40 };
  });
}

type Encoded = Pick<SmsPart, "shortMessage" | "dataCoding">;

/** All parts of a message are of one encoding, also those that could do with the shorter one. */
function encoderFor(segments: readonly string[]): (segment: string) => Encoded {
  const septets = new Map(segments.map((segment) => [segment, toSeptets(segment)]));
  if ([...septets.values()].includes(undefined)) return (segment) => ({ shortMessage: Buffer.from(segment, "utf16le").swap16(), dataCoding: 8 });
  return (segment) => ({ shortMessage: Buffer.from(septets.get(segment) ?? []), dataCoding: 0 });
}
