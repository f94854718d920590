import { AppError } from "@/domain/error";
import { toSeptets } from "@/domain/sms/gsm7";
import type { Language } from "@/domain/sms/national";
import { cutText, NARROW_HEADER, type SmsCut, WIDE_HEADER } from "@/domain/sms/segments";
import { userDataHeader } from "./header";

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
  /** Whose national tables may be used. */
  readonly language?: Language;
}

const MAX_PARTS = 255;

/** The short messages of a text in order; none for an empty one. The same text and options make the same octets. Fails with message/too-large. */
export function parts(text: string, { reference, wide = false, language }: PartsOptions): SmsPart[] {
  const cut = cutText(text, wide ? WIDE_HEADER : NARROW_HEADER, language === undefined ? [] : [language]);
  const total = cut.segments.length;
  if (total > MAX_PARTS) throw new AppError("message/too-large");
  return cut.segments.map((segment, index) => {
    const joining = total > 1 ? { concatenation: { reference, total, number: index + 1 }, wide } : {};
    return behind(userDataHeader({ ...joining, shift: cut.shift }), encoded(segment, cut));
  });
}

type Encoded = Pick<SmsPart, "shortMessage" | "dataCoding">;

/** All parts of a message are of one encoding, also those that could do with the shorter one. */
function encoded(segment: string, { encoding, shift }: SmsCut): Encoded {
  if (encoding === "ucs2") return { shortMessage: Buffer.from(segment, "utf16le").swap16(), dataCoding: 8 };
  return { shortMessage: Buffer.from(toSeptets(segment, shift) ?? []), dataCoding: 0 };
}

const behind = (header: Buffer, { shortMessage, dataCoding }: Encoded): SmsPart =>
  header.length === 0 ? { shortMessage, dataCoding, esmClass: 0 } : { shortMessage: Buffer.concat([header, shortMessage]), dataCoding, esmClass: 0x40 };
