import nodemailer from "nodemailer";
import { AppError, type ErrorCode } from "@/domain/error";
import type { Clock, IdMinter } from "@/domain/id";
import type { CapturedMail } from "./capture";

/** A mail as a newcomer writes it on the demo page, in the name of somebody outside. */
export interface OutsideMail {
  readonly from: string;
  readonly name?: string;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** Message-ID of the mail it answers, without angle brackets. */
  readonly inReplyTo?: string;
}

export interface DevMailOptions {
  /** Of our own door. */
  readonly port: number;
  readonly host?: string;
  readonly ids: IdMinter;
  readonly clock: Clock;
  /** Where the mails are that a demo mail may answer. */
  readonly captured: { list(limit: number): Promise<CapturedMail[]> };
}

const LOOK_BACK = 500;

/** Plays the outside world: writes real mails and brings them to the real door by SMTP, as any mail server would. */
export class DevMail {
  constructor(private readonly options: DevMailOptions) {}

  /** Resolves to the door's answer once it said 250. A refusal is AppError: `address/unknown`, `address/invalid`, `mail/too-large`, `store/overloaded`. */
  async writeFromOutside({ from, name, to, subject, text, inReplyTo }: OutsideMail): Promise<{ readonly answer: string }> {
    const { port, host = "127.0.0.1", ids, clock } = this.options;
    const mailer = nodemailer.createTransport({ host, port, ignoreTLS: true, name: "outside.test", disableFileAccess: true, disableUrlAccess: true });
    const answered = inReplyTo === undefined ? undefined : (await this.options.captured.list(LOOK_BACK)).find(({ messageId }) => messageId === inReplyTo);
    try {
      const { response } = await mailer.sendMail({
        from: { address: from, name: name ?? "" },
        to,
        subject: subject ?? (answered && answerTo(answered.subject)) ?? "",
        text,
        date: new Date(clock()),
        messageId: `<${ids.next()}@${from.slice(from.lastIndexOf("@") + 1)}>`,
        ...(inReplyTo !== undefined && { inReplyTo: `<${inReplyTo}>`, references: [...(answered?.references ?? []), inReplyTo].map((id) => `<${id}>`) }),
      });
      return { answer: String(response) };
    } catch (error) {
      throw refusal(error);
    } finally {
      mailer.close();
    }
  }
}

const answerTo = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);

function refusal(error: unknown): AppError {
  const { responseCode = 0, response } = error as { readonly responseCode?: number; readonly response?: unknown };
  const code: ErrorCode =
    responseCode === 552 ? "mail/too-large" : responseCode === 550 ? "address/unknown" : responseCode >= 500 ? "address/invalid" : "store/overloaded";
  return new AppError(code, typeof response === "string" ? `The mail door answered: ${response.slice(0, 200)}` : undefined, { cause: error });
}
