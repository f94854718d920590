import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Clock, IdMinter, Random } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { filesHandler } from "./api/files";
import { apiHandler, type Handler } from "./api/http";
import type { Services } from "./api/services";
import { createMail, type MailParts } from "./mail-parts";
import { MessageFiles } from "./mailbox/files";
import { MailOriginals } from "./mailbox/originals";
import { createMessaging, type Messaging } from "./messaging";
import { messagingEvents } from "./observe";
import { OverviewService } from "./overview";
import type { AuthLimits } from "./people/accounts";
import type { Database } from "./people/db/database";
import { Presence } from "./people/presence";
import { createPeople, movedWords, type PeopleParts, phoneService } from "./people-parts";
import { addressReader, type TrustedProxies } from "./platform/client-address";
import { keepDuringRequests } from "./platform/contexts";
import { Events } from "./platform/events";
import { Health } from "./platform/health";
import type { Log } from "./platform/log";
import { LoopDelay } from "./platform/loop-delay";
import { Metrics } from "./platform/metrics";
import { RateLimit } from "./platform/rate-limit";
import type { Timers } from "./platform/timers";
import { registerProbes } from "./probes";
import { RealtimeDoor } from "./realtime/door";
import { routes } from "./routes";
import type { SmsNetwork } from "./sms-network";
import { createSms, type SmsParts } from "./sms-parts";

export interface ServerDeps {
  /** It may listen already; whoever comes before the parts are there is told so (starting.ts). */
  readonly http: HttpServer;
  readonly settings: Settings;
  readonly store: WideColumnStore;
  readonly blobs: BlobStore;
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly mint: IdMinter;
  /** Carriers for text messages; without any nothing goes out or comes in by SMS. */
  readonly sms?: SmsNetwork;
  readonly log: Log;
  /** The bundled file of the worker threads that read mails. */
  readonly mailWorker: URL;
}

export interface Settings {
  readonly url: string;
  readonly origins: readonly string[];
  readonly domain: string;
  /** Where numbers without a country code are dialled. */
  readonly country?: string;
  readonly demo: boolean;
  readonly secret: string;
  readonly smtpRelayUrl?: string;
  readonly trustedProxies?: TrustedProxies;
  /** Calls of one person in a burst, and a second. */
  readonly calls?: { readonly burst: number; readonly perSecond: number };
  readonly signIns?: AuthLimits;
  /** The most a segment of a text to somebody who is away may cost, millionths of a carrier's currency. */
  readonly copyPrice?: number;
}

export interface BraidServer {
  readonly http: HttpServer;
  readonly messaging: Messaging;
  readonly people: PeopleParts;
  readonly mail: MailParts;
  readonly realtime: RealtimeDoor;
  readonly events: Events;
  /** Gives the requests that are nobody else's to the screens. */
  showPages(pages: Handler): void;
  /** Takes up what earlier runs owe. */
  start(): Promise<void>;
  /** Resolves when no mail and no delivery is under way. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const CALLS = { burst: 400, perSecond: 200 };
const COPY_PRICE = 100_000;
/** Milliseconds that requests get to finish when the server closes. */
const FINISH_WITHIN = 1_000;

/** Wires one Braid from its parts. The caller opened the stores and closes them. */
export function assemble(deps: ServerDeps): BraidServer {
  const { settings, store, blobs, clock, timers, mint, log } = deps;
  const metrics = new Metrics();
  const events = new Events({ log, metrics });
  const loop = new LoopDelay(timers);
  const presence = new Presence(timers);
  const people = createPeople({
    ...{ ...deps, events },
    sendCode: (code) => mail.sendCode(code),
    textCode: (code) => sms.sendCode(code),
    tellMove: ({ id, from, number }) => messaging.notices.give(from, movedWords(number), `phone-moved:${id}`),
  });
  const mail: MailParts = createMail({ ...deps, events, directory: people.directory, receive: (inbound) => messaging.receive.mail(inbound) });
  const sms: SmsParts = createSms({
    ...{ store, blobs, clock, timers, mint, random: deps.random, events, metrics, carriers: deps.sms?.carriers ?? [] },
    ...{ url: settings.url, domain: settings.domain },
    directory: people.directory,
    codeFor: (phone) => people.phones.asked(phone),
    mailboxes: () => messaging.mailboxes,
    receive: () => messaging.receiveText,
    reads: () => messaging.reads,
  });
  const seen = messagingEvents(events, () => overview, sms.figures);
  const messaging: Messaging = createMessaging({
    store,
    directory: people.directory,
    domain: settings.domain,
    ...(settings.country !== undefined && { country: settings.country }),
    mint,
    clock,
    timers,
    random: deps.random,
    token: () => Buffer.from(deps.random(12)).toString("base64url"),
    mailOut: mail.out,
    smsOut: sms.out,
    texting: {
      of: (person) => people.texts.ofLinked(person),
      presence: (person) => presence.state(person),
      phones: sms.copies,
      mostPrice: settings.copyPrice ?? COPY_PRICE,
      failed: (error, person) => events.workStumbled({ work: "sms-copy", error, on: person }),
    },
    announce: (commit) => realtime.announce(commit),
    events: seen,
  });
  const health = new Health({ clock, timers });
  const overview: OverviewService = new OverviewService({
    isAdmin: people.isAdmin,
    health,
    store,
    blobs,
    loop,
    sms,
    clock,
    counts: {
      people: people.count,
      sockets: () => realtime.connected,
      owed: () => messaging.deliverer.pending,
      mailboxes: () => messaging.mailboxes.owned,
    },
  });
  const services: Services = {
    reads: messaging.reads,
    sending: messaging.sending,
    acts: messaging.acts,
    groups: messaging.groups,
    people: people.service,
    addresses: people.addresses,
    texts: sms.forecast,
    textWishes: people.texts,
    phones: phoneService(people.phones, sms.networks),
    originals: new MailOriginals(messaging.mailboxes, mail.originals),
    overview,
    ...(mail.demo && { demoMail: mail.demo }),
    ...(deps.sms?.demo && { demoPhones: deps.sms.demo }),
  };
  const limit = new RateLimit({ ...(settings.calls ?? CALLS), clock });
  const allow = (key: string): boolean => limit.take(key).allowed;
  const addressOf = addressReader(settings.trustedProxies);
  let pages: Handler = (_req, res) => void res.writeHead(404).end();
  const handle = routes({
    api: apiHandler({
      services,
      readSession: (req) => people.sessions.read(req.headers),
      addressOf,
      allow,
      origins: settings.origins,
      failed: (error, path) => events.requestFailed({ door: "http", path, code: error.code, error }),
    }),
    auth: people.authHandler,
    files: filesHandler({
      files: new MessageFiles(messaging.mailboxes, mail.originals, blobs),
      readSession: (req) => people.sessions.read(req.headers),
      ...{ allow, origins: settings.origins },
      failed: (error, path) => events.requestFailed({ door: "files", path, code: error.code, error }),
    }),
    demo: people.welcomeHandler,
    sms: sms.door,
    pages: (req, res) => pages(req, res),
    health,
    metrics,
    isAdmin: async (req: IncomingMessage) => (await people.sessions.read(req.headers))?.role === "admin",
    failed: (error, path) => events.requestFailed({ door: "http", path, code: "server/internal", error }),
  });
  const { http } = deps;
  keepDuringRequests(http);
  http.on("request", (req, res) => void handle(req, res));
  const realtime: RealtimeDoor = new RealtimeDoor({
    http,
    origins: settings.origins,
    services,
    presence,
    readSession: (headers) => people.sessions.read(headers),
    addressOf,
    onRevoked: (listener) => people.sessions.onRevoked(({ sessionId }) => listener(sessionId)),
    allow,
    clock,
    failed: (error, path) => events.requestFailed({ door: "socket", path, code: error.code, error }),
  });
  registerProbes({ health, store, blobs, database: deps.database, loop, messaging, mail, sms, clock });
  metrics.observeProcess();
  return {
    http,
    messaging,
    people,
    mail,
    realtime,
    events,
    showPages: (handler) => {
      pages = handler;
    },
    start: async () => {
      await people.start();
      mail.start();
      await sms.start();
      void messaging.deliverer.recover(); // what waits may be a million messages; nobody has to wait for them
      await people.resume();
    },
    settle: async () => {
      await mail.settle();
      await sms.settle();
      await messaging.deliverer.settle();
    },
    close: async () => {
      loop.stop();
      const cut = timers.after(FINISH_WITHIN, () => http.closeAllConnections());
      await realtime.close(); // and the HTTP server with it, which waits for every request
      cut();
      await mail.close();
      await sms.close();
      await deps.sms?.demo?.close();
      await messaging.deliverer.stop();
      await messaging.archiver.stop();
    },
  };
}
