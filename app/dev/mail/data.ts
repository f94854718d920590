import { type Answers, api } from "@/app/api/client";
import { ask } from "@/app/ask";
import { type DemoPerson, loadWelcome } from "@/app/auth/demo";

export type CapturedMail = Answers["dev"]["mails"][number];
export type WholeMail = Answers["dev"]["mail"];

export interface OutgoingMail {
  from: string;
  name?: string;
  to: string;
  subject?: string;
  text: string;
  inReplyTo?: string;
}

export interface Recipient extends DemoPerson {
  readonly email: string;
}

export const loadMails = (): Promise<CapturedMail[]> => ask(api.dev.mails.query({ limit: 100 }));
export const loadMail = (id: string): Promise<WholeMail> => ask(api.dev.mail.query({ id }));

/** `answer` is what the SMTP door said: 250 and its words, or why it refused. */
export const writeMail = (mail: OutgoingMail) => ask(api.dev.writeMail.mutate(mail));

/** Who can be written to: everyone here, at this Braid's own domain. */
export async function loadRecipients(): Promise<Recipient[]> {
  const [{ people }, me] = await Promise.all([loadWelcome(), ask(api.account.me.query())]);
  const domain = me.email.slice(me.email.lastIndexOf("@") + 1);
  return people.map((person) => ({ ...person, email: `${person.handle}@${domain}` }));
}
