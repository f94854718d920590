import MailComposer from "nodemailer/lib/mail-composer";
import type { MailAddress } from "./inbound";
import type { OutgoingMail } from "./outgoing";

/**
 * The mail as bytes (RFC 5322, MIME), CRLF line ends. Quoted-printable, so that no line is too long, no space at a line's end is lost and
 * every letter of the world passes through 7-bit servers. The same mail gives the same bytes.
 */
export function renderMail(mail: OutgoingMail): Promise<Buffer> {
  const composer = new MailComposer({
    from: person(mail.from),
    to: mail.to.map(person),
    subject: mail.subject,
    messageId: `<${mail.messageId}>`,
    ...(mail.inReplyTo !== undefined && { inReplyTo: `<${mail.inReplyTo}>` }),
    ...(mail.references.length > 0 && { references: mail.references.map((id) => `<${id}>`) }),
    date: new Date(mail.at),
    text: { content: mail.text || "\n", contentType: "text/plain; charset=utf-8", contentTransferEncoding: "quoted-printable" },
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

const person = ({ address, name = "" }: MailAddress): { address: string; name: string } => ({ address, name });
