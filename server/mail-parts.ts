import { AppError } from "@/domain/error";
import type { Clock, IdMinter } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { DemoMailService } from "./api/services";
import type { Settings } from "./assemble";
import { CaptureTransport } from "./bridges/email/capture";
import { DevMail } from "./bridges/email/dev-mail";
import { SmtpDoor } from "./bridges/email/door";
import { Letters } from "./bridges/email/letters";
import type { MailTasks } from "./bridges/email/mail-tasks";
import { type MailTransport, SmtpRelay } from "./bridges/email/relay";
import { MailSpool } from "./bridges/email/spool";
import { NoRelay, WatchedTransport } from "./bridges/email/watched";
import { Originals } from "./content/original";
import { WorkerPool } from "./content/worker-pool";
import type { InboundMail } from "./delivery/receive";
import { mailEvents } from "./observe";
import type { Directory } from "./people/directory";
import type { Events } from "./platform/events";
import type { Finding } from "./platform/health";
import type { Timers } from "./platform/timers";

export interface MailDeps {
  readonly settings: Settings;
  readonly store: WideColumnStore;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly mint: IdMinter;
  readonly events: Events;
  readonly directory: Directory;
  readonly mailWorker: URL;
  readonly receive: (mail: InboundMail) => Promise<void>;
}

/** The e-mail side: the door in, the spool behind it, and the way out. */
export function createMail(deps: MailDeps) {
  const { settings, store, blobs, clock, timers, mint, directory, events } = deps;
  const { domain } = settings;
  const pool = new WorkerPool<MailTasks>({ entry: deps.mailWorker });
  const seen = mailEvents(events);
  const spool = new MailSpool({ store, blobs, ids: mint, pool, domain, clock, timers, receive: deps.receive, events: seen });
  const recipients = { resolve: (address: string) => directory.receivers(address) };
  const door = new SmtpDoor({ recipients, spool, events: seen, domain, timers });
  const captured = new CaptureTransport({ store, ids: mint, clock });
  const relay = settings.smtpRelayUrl === undefined ? undefined : new SmtpRelay({ url: settings.smtpRelayUrl, hostname: domain });
  const transport = new WatchedTransport(relay ?? (settings.demo ? captured : new NoRelay()), clock);
  let listening = { port: 0, host: "" };
  return {
    out: new Letters({ transport, directory, domain }),
    originals: new Originals({ blobs, pool }),
    sendCode: (code: { to: string; code: string; name: string }) => sendCode(transport, domain, mint, clock, code),
    ...(settings.demo && { demo: demoMail(captured, (mail) => new DevMail({ ...reachable(listening), ids: mint, clock, captured }).writeFromOutside(mail)) }),
    listen: async (wanted: number, host: string) => {
      listening = await door.listen(wanted, host);
      return listening;
    },
    start: () => spool.start(),
    settle: () => spool.idle(),
    doorFinding: (): Finding =>
      listening.port === 0 ? { state: "broken", words: "The mail door is closed. No mail comes in." } : ok(`Mail is taken in on port ${listening.port}.`),
    relayFinding: () => relayFinding(transport, settings.demo || relay !== undefined),
    close: async () => {
      await door.close();
      await spool.stop();
      relay?.close();
      await pool.close();
    },
  };
}

export type MailParts = ReturnType<typeof createMail>;

const ok = (words: string): Finding => ({ state: "ok", words });

function relayFinding(transport: WatchedTransport, set: boolean): Finding {
  const { trouble } = transport;
  if (!set) return { state: "slow", words: `${transport.describe()}.` };
  if (trouble === undefined) return ok(`${transport.describe()}.`);
  return { state: "slow", words: `${transport.describe()} does not take mail: ${trouble.words} What is sent waits and is tried again.`, since: trouble.since };
}

/** Where a door that listens everywhere is found from here. */
const reachable = ({ port, host }: { port: number; host: string }) => ({ port, host: /^(0\.0\.0\.0|::|)$/.test(host) ? "127.0.0.1" : host });

async function sendCode(
  transport: MailTransport,
  domain: string,
  mint: IdMinter,
  clock: Clock,
  { to, code, name }: { to: string; code: string; name: string },
): Promise<void> {
  const from = `braid@${domain}`;
  const mail = {
    envelope: { from, to },
    from: { address: from, name: "Braid" },
    to: [{ address: to, name }],
    messageId: `${mint.next()}@${domain}`,
    references: [],
    subject: `${code} is your Braid code`,
    at: clock(),
    text: `Hello ${name},\n\nenter ${code} in Braid's settings to show that this address is yours. The code lasts 15 minutes.\n\nIf you did not ask for it, you need not do anything.\n`,
  };
  await transport.send(mail).catch((error: unknown) => {
    throw new AppError("mail/not-sent", undefined, { cause: error });
  });
}

const demoMail = (captured: CaptureTransport, write: DemoMailService["write"]): DemoMailService => ({
  list: (limit) => captured.list(limit),
  get: async (id) => {
    const mail = await captured.get(id);
    if (mail === undefined) throw new AppError("request/not-found");
    return mail;
  },
  write,
});
