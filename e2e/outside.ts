import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import nodemailer, { type SendMailOptions } from "nodemailer";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Braid } from "./braid";

/** The world outside: mail programs, mail servers, and pages that mails want to load from. */

const run = promisify(execFile);

/** Sends a mail with swaks as anybody would from a shell. It has been taken in when this resolves. */
export async function swaks({ smtpPort }: Braid, from: string, to: string, subject: string, body: string, ...more: readonly string[]): Promise<void> {
  await run("swaks", ["--server", `127.0.0.1:${smtpPort}`, "--from", from, "--to", to, "--header", `Subject: ${subject}`, "--body", body, ...more]);
}

export const hasSwaks = (): Promise<boolean> =>
  run("swaks", ["--version"]).then(
    () => true,
    () => false,
  );

/** Sends a mail as a mail program does. Answers its Message-ID, with angle brackets. */
export async function sendMail({ smtpPort }: Braid, mail: SendMailOptions): Promise<string> {
  const mailer = nodemailer.createTransport({ host: "127.0.0.1", port: smtpPort, ignoreTLS: true });
  const { messageId } = await mailer.sendMail(mail);
  mailer.close();
  return messageId;
}

export interface MailServer {
  readonly url: string;
  /** Everything taken in, oldest first. */
  readonly mails: readonly Email[];
  close(): Promise<void>;
}

/** Somebody's mail server. It knows nobody called `nobody`. */
export async function mailServer(): Promise<MailServer> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo({ address }, _session, done) {
      const known = !address.startsWith("nobody@");
      done(known ? null : Object.assign(new Error(`5.1.1 <${address}>: Recipient address rejected: User unknown`), { responseCode: 550 }));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () =>
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          done();
        }, done),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

export interface Tracker {
  readonly url: string;
  /** Paths that were asked for. */
  readonly hits: readonly string[];
  close(): void;
}

/** A site that answers everything with a picture and counts who looks. */
export async function tracker(): Promise<Tracker> {
  const hits: string[] = [];
  const server: Server = createServer((request, response) => {
    hits.push(request.url ?? "");
    response.writeHead(200, { "content-type": "image/svg+xml" });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="teal"/></svg>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits, close: () => void server.close() };
}
