import { isPhone } from "@/domain/address";
import type { Clock, Id, IdMinter, Random } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { carriersFor, type Inward, type Network, whyNone } from "./bridges/sms/carrier";
import { sendCode } from "./bridges/sms/code";
import { Consent } from "./bridges/sms/consent";
import { CopyTexts } from "./bridges/sms/copy-texts";
import { SmsFigures } from "./bridges/sms/figures";
import { SmsForecast } from "./bridges/sms/forecast";
import { SmsInbox } from "./bridges/sms/inbox";
import { IncomingRows } from "./bridges/sms/incoming-rows";
import { Media } from "./bridges/sms/media";
import { MediaRows } from "./bridges/sms/media-rows";
import { SmsOut } from "./bridges/sms/outgoing";
import { NumberPool } from "./bridges/sms/pool";
import { Receipts } from "./bridges/sms/receipts";
import { SmsRows } from "./bridges/sms/rows";
import type { CarrierSettings } from "./bridges/sms/settings";
import { SmppNetwork } from "./bridges/sms/smpp-network";
import { Submissions } from "./bridges/sms/submissions";
import { Texts } from "./bridges/sms/texts";
import { mediaSource } from "./bridges/sms/twilio/api";
import { smsDoor } from "./bridges/sms/twilio/door";
import { TwilioNetwork } from "./bridges/sms/twilio/network";
import { internet } from "./content/files/outside-fetch";
import { Refused } from "./delivery/outside-step";
import type { InboundText, ReceiveText } from "./delivery/receive-text";
import type { Mailboxes } from "./mailbox/mailboxes";
import type { Reads } from "./mailbox/reads";
import type { Directory } from "./people/directory";
import type { Events } from "./platform/events";
import type { Finding } from "./platform/health";
import type { Metrics } from "./platform/metrics";
import type { Timers } from "./platform/timers";
import { registerSmsMetrics } from "./sms-metrics";
import { SmsOverviews } from "./sms-overview";

export interface SmsDeps {
  readonly store: WideColumnStore;
  /** Pictures that came with texts. */
  readonly blobs: Pick<BlobStore, "put">;
  readonly carriers: readonly CarrierSettings[];
  /** The part after the @ of our people's addresses: by it people know us. */
  readonly domain: string;
  /** The origin under which carriers reach us. */
  readonly url: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly mint: IdMinter;
  readonly directory: Pick<Directory, "many" | "byHandle" | "byAddress">;
  /** A code that links a phone which asked for it; undefined when there have been too many. */
  readonly codeFor: (phone: string) => Promise<string | undefined>;
  /** These come later: the mailboxes need this side to send. */
  readonly mailboxes: () => Pick<Mailboxes, "commit" | "read">;
  readonly receive: () => Pick<ReceiveText, "into" | "to">;
  readonly reads: () => Pick<Reads, "thread">;
  readonly events: Events;
  readonly metrics: Metrics;
}

/** The SMS side: the carriers, what comes from them, and the way out. */
export function createSms(deps: SmsDeps) {
  const { store, clock, timers, random, mint, directory, events } = deps;
  const [rows, figures] = [new SmsRows(store), new SmsFigures(clock)];
  const [pool, consent, submissions] = [new NumberPool(rows, clock), new Consent(rows, clock), new Submissions(rows)];
  const receipts = new Receipts({ submissions, mailboxes: { commit: (...all) => deps.mailboxes().commit(...all) }, clock });
  const reference = (): number => Buffer.from(random(2)).readUInt16BE();
  const answer = async (name: string, from: string, to: string, text: string): Promise<void> => {
    // Short codes and names are machines, and some are paid for each text to them.
    if (!isPhone(to)) return;
    const [path] = carriersFor(networks, to);
    // Who writes from a number that earns by each answer is not answered.
    if (path === undefined && whyNone(networks, to) !== "no-way-to-reach") return;
    const carrier = networks.find((network) => network.name === name) ?? path?.carrier;
    const { failures = [] } = (await carrier?.submit({ from, to, text, reference: reference(), skip: new Set(), took: async () => {} })) ?? {};
    // Some carriers confirm a STOP themselves, and then take no more from us: so it should be.
    const wrong = failures.find((failure) => !(failure instanceof Refused && failure.code === "asked-to-stop"));
    if (wrong !== undefined) events.workStumbled({ work: "sms-answer", error: wrong, on: to });
  };
  const into = {
    into: (...all: Parameters<ReceiveText["into"]>) => deps.receive().into(...all),
    to: (person: Id, text: InboundText) => deps.receive().to(person, text),
  };
  const media = new Media({
    ...{ rows: new MediaRows(store), blobs: deps.blobs, clock, timers, outside: internet },
    mailboxes: { commit: (...all) => deps.mailboxes().commit(...all), read: (...all) => deps.mailboxes().read(...all) },
    sources: new Map(deps.carriers.flatMap((carrier) => (carrier.kind === "twilio" ? [[carrier.name, mediaSource(carrier.account)] as const] : []))),
    failed: (error, message) => events.workStumbled({ work: "sms-media", error, on: message }),
  });
  const texts = new Texts({
    ...{ receive: into, directory, pool, consent, clock, answer, codeFor: deps.codeFor, who: `Braid (${deps.domain})` },
    fetchMedia: async ({ id, carrier, at, media: due }, arrived) => (due === undefined ? undefined : media.owe(id, { ...arrived, carrier, at, media: due })),
  });
  const inbox = new SmsInbox({
    ...{ rows: new IncomingRows(store), mint, clock, timers },
    handle: (text) => texts.handle(text),
    failed: (error, { from }) => events.workStumbled({ work: "sms-in", error, on: from }),
  });
  const inward: Inward = {
    text: async (sms, session) => {
      await inbox.take(sms, session);
      figures.of(sms.carrier).received.add();
    },
    receipt: (carrier, receipt, phones) => receipts.take(carrier, receipt, phones),
    ignored: (carrier, why) => events.workStumbled({ work: "sms-in", error: new Error(why), on: carrier }),
  };
  const networks = deps.carriers.map((settings) => figures.watch(networkOf(settings, deps, inward)));
  const overviews = new SmsOverviews({ networks, figures, pool, store, clock });
  registerSmsMetrics({ metrics: deps.metrics, networks, figures, pool, clock, stopped: () => overviews.stopped() });
  const called = networks.flatMap((network) => (network instanceof TwilioNetwork ? [[network.name, network] as const] : []));
  return {
    out: new SmsOut({ carriers: networks, directory, pool, consent, submissions, reference, settle: (of) => receipts.settle(of) }),
    forecast: new SmsForecast({
      ...{ carriers: networks, directory, pool, consent },
      thread: async (user, threadId) => (await deps.reads().thread(user, threadId)).thread,
    }),
    copies: new CopyTexts({ rows, consent, carriers: () => networks }),
    door: smsDoor({
      networks: new Map(called),
      url: deps.url,
      timers,
      refused: (path) => events.requestFailed({ door: "sms", path, code: "account/forbidden" }),
    }),
    sendCode: (sms: { to: string; code: string }) => sendCode({ carriers: networks, consent, reference }, sms),
    networks: () => networks.map(({ name, numbers, isUp, trouble }) => ({ name, numbers, isUp, ...(trouble !== undefined && { trouble }) })),
    figures,
    overview: () => overviews.read(),
    finding: (): Finding => findingOf(networks),
    start: async () => {
      await inbox.start();
      media.start();
      for (const network of networks) network.start();
    },
    settle: async () => {
      await inbox.idle();
      await media.idle();
    },
    close: async () => {
      await Promise.all(networks.map((network) => network.close()));
      await inbox.stop();
      await media.stop();
    },
  };
}

export type SmsParts = ReturnType<typeof createSms>;

function networkOf(settings: CarrierSettings, { url, clock, timers, random }: SmsDeps, inward: Inward): Network {
  switch (settings.kind) {
    case "smpp":
      return new SmppNetwork({ ...settings, clock, timers, random, ...inward });
    case "twilio":
      return new TwilioNetwork({ ...settings, url, clock, timers, ...inward });
    default:
      return settings satisfies never;
  }
}

function findingOf(networks: readonly Network[]): Finding {
  if (networks.length === 0) return { state: "ok", words: "No carrier is set up. Nothing goes out by SMS." };
  const down = networks.filter(({ trouble }) => trouble !== undefined);
  if (down.length === 0) return { state: "ok", words: `Carriers of text messages: ${networks.map(({ name }) => name).join(", ")}.` };
  const why = down.map(({ trouble }) => trouble).join(" ");
  return { state: down.length === networks.length ? "broken" : "slow", words: `${why} What is sent waits and is tried again.` };
}
