import { normalEmail, normalPhone, outsideEmail, outsidePhone, type ParticipantId } from "@/domain/address";

/** Whom a whole e-mail address or phone number names that nobody has chosen yet; undefined for anything else. */
export function typedOutsider(text: string): ParticipantId | undefined {
  const email = normalEmail(text);
  if (email !== undefined) return outsideEmail(email);
  const phone = normalPhone(text);
  return phone === undefined ? undefined : outsidePhone(phone);
}
