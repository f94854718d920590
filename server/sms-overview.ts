import type { Clock } from "@/domain/id";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { CarrierBind, CarrierOverview, SmsOverview } from "./api/services";
import type { Network } from "./bridges/sms/carrier";
import type { CarrierFigures, SmsFigures } from "./bridges/sms/figures";
import type { NumberPool } from "./bridges/sms/pool";
import type { CarrierState } from "./bridges/sms/smpp/carrier";
import type { LinkState } from "./bridges/sms/smpp/standing-link";
import { SmppNetwork } from "./bridges/sms/smpp-network";
import { SMS } from "./bridges/sms/tables";

export interface SmsOverviewDeps {
  readonly networks: readonly Network[];
  readonly figures: SmsFigures;
  readonly pool: NumberPool;
  readonly store: WideColumnStore;
  readonly clock: Clock;
}

const MINUTE = 60_000;
/** Rows of phones that are looked through at most. */
const MOST_PHONES = 20_000;

/** The carriers, what they did in the last hour, and their numbers, as an admin sees them. */
export class SmsOverviews {
  /** Found by reading many rows, so no more often than once a minute. */
  #phones: Promise<Phones> | undefined;
  #readAt = 0;
  constructor(private readonly deps: SmsOverviewDeps) {}

  async read(): Promise<SmsOverview> {
    const { networks, figures } = this.deps;
    const carriers = networks.map((network) => carrierOf(network, figures.of(network.name)));
    return { words: wordsOf(carriers), carriers, phones: networks.length === 0 ? [] : this.#figures(await this.#phonesNow()) };
  }

  /** Phones on STOP, of those that are counted. */
  async stopped(): Promise<number> {
    return (await this.#phonesNow()).stopped;
  }

  #figures({ stopped, known, full, more }: Phones): SmsOverview["phones"] {
    const { networks, pool } = this.deps;
    const numbers = new Set(networks.flatMap((network) => network.numbers)).size;
    const many = more ? `of the first ${MOST_PHONES.toLocaleString("en")}` : "";
    return [
      { key: "numbers", label: "Numbers of ours", value: numbers, unit: "", words: "each stands for one conversation on a phone" },
      { key: "phones", label: "Phones with conversations", value: known, unit: more ? "or more" : "" },
      { key: "full", label: "Phones with all numbers in use", value: full, unit: many, words: "the next conversation takes over a number there" },
      { key: "reassigned", label: "Numbers taken over", value: pool.reassigned.hour, unit: "in the last hour" },
      { key: "stopped", label: "Phones on STOP", value: stopped, unit: more ? "or more" : "", words: "nothing is sent to them" },
    ];
  }

  #phonesNow(): Promise<Phones> {
    const { store, networks, clock } = this.deps;
    if (this.#phones === undefined || clock() - this.#readAt >= MINUTE) {
      this.#readAt = clock();
      this.#phones = readPhones(store, Math.max(0, ...networks.map(({ numbers }) => numbers.length)));
      this.#phones.catch(() => (this.#phones = undefined));
    }
    return this.#phones;
  }
}

interface Phones {
  readonly stopped: number;
  readonly known: number;
  readonly full: number;
  readonly more: boolean;
}

async function readPhones(store: WideColumnStore, numbers: number): Promise<Phones> {
  const [stops, pairs] = await Promise.all([cells<{ stopped?: boolean }>(store, "c:"), cells<readonly unknown[]>(store, "p:")]);
  return {
    stopped: stops.filter(({ stopped }) => stopped).length,
    known: pairs.length,
    full: pairs.filter((all) => all.length >= numbers).length,
    more: Math.max(stops.length, pairs.length) >= MOST_PHONES,
  };
}

async function cells<T>(store: WideColumnStore, prefix: string): Promise<T[]> {
  const found: T[] = [];
  const range = { from: Buffer.from(prefix), to: Buffer.from(prefix.replace(":", ";")), families: ["pair"] };
  for await (const { families } of store.scan(SMS.name, range)) {
    for (const { value } of families.pair ?? []) found.push(JSON.parse(value.toString("utf8")));
    if (found.length >= MOST_PHONES) break;
  }
  return found;
}

const wordsOf = (carriers: readonly CarrierOverview[]): string => {
  if (carriers.length === 0) return "No carrier is set up. Nothing goes out or comes in by SMS.";
  const down = carriers.filter(({ state }) => state === "broken").length;
  if (down === carriers.length) return "Nothing goes out by SMS at the moment. What is sent waits and is tried again.";
  return down === 0 ? "Text messages go out and come in." : "Text messages go out by the carriers that work.";
};

function carrierOf(network: Network, figures: CarrierFigures): CarrierOverview {
  const link = network instanceof SmppNetwork ? network.state() : undefined;
  const { lastError, links = [] } = link ?? {};
  // How a connection ended is said there.
  const said = links.some(({ ended }) => ended?.words === lastError?.words);
  return {
    name: network.name,
    protocol: link === undefined ? "HTTP" : "SMPP",
    ...stateOf(network, link),
    binds: links.map(bindOf),
    ...(lastError && !said && { lastError: { at: lastError.at, words: lastError.words } }),
    figures: [...done(figures), ...(link === undefined ? [] : linkFigures(link)), ...costs(figures), ...times(link?.roundTrip ?? timesOf(figures))],
    failures: [...figures.reasons]
      .map(([reason, counted]) => ({ reason, count: counted.hour }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    series: [
      { key: "sent", label: "Sent a minute", points: figures.sent.points() },
      { key: "failed", label: "Failed a minute", points: figures.failed.points() },
    ],
  };
}

/** Slower than this share of what was agreed, because the carrier said so. */
const HELD_BACK = 0.9;

function stateOf({ isUp, trouble }: Network, link: CarrierState | undefined): Pick<CarrierOverview, "state" | "words"> {
  if (!isUp) return { state: "broken", words: `${trouble ?? "It is not connected."} What is sent waits, or goes by another carrier.` };
  if (trouble !== undefined) return { state: "slow", words: `${trouble} It is being tried again.` };
  if (link && link.throttledLately > 0 && link.rate < link.perSecond * HELD_BACK)
    return { state: "slow", words: `It wants texts more slowly: ${rate(link.rate)} a second at present, of ${rate(link.perSecond)}. The others wait.` };
  return { state: "ok", words: link === undefined ? "It answers." : "It is connected." };
}

const rate = (perSecond: number): string => perSecond.toLocaleString("en", { maximumFractionDigits: perSecond < 10 ? 1 : 0 });

const KINDS: Readonly<Record<LinkState["kind"], string>> = { transceiver: "Both ways", transmitter: "Outgoing", receiver: "Incoming" };
const PHASES: Readonly<Record<LinkState["phase"], string>> = {
  connecting: "connecting",
  binding: "signing in",
  bound: "connected",
  closing: "closing",
  ended: "closed",
  waiting: "not connected",
  closed: "closed",
};

function bindOf({ kind, phase, boundSince, downSince, nextTryAt, ended }: LinkState): CarrierBind {
  const since = boundSince ?? downSince;
  return {
    name: KINDS[kind],
    state: phase === "bound" ? "ok" : "broken",
    words: PHASES[phase],
    ...(since !== undefined && { since }),
    ...(nextTryAt !== undefined && { nextTryAt }),
    ...(ended && { ended }),
  };
}

const done = ({ sent, delivered, failed, received }: CarrierFigures): CarrierOverview["figures"] => [
  { key: "sent", label: "Sent", value: sent.hour, unit: "in the last hour" },
  { key: "delivered", label: "Delivered", value: delivered.hour, unit: "", words: "messages, as the phones confirmed" },
  { key: "failed", label: "Failed", value: failed.hour, unit: "", words: "tries that may be repeated included" },
  { key: "received", label: "Received", value: received.hour, unit: "", words: "short messages" },
];

const linkFigures = ({ links, window, queued, oldest, rate: now, perSecond, throttledLately }: CarrierState): CarrierOverview["figures"] => [
  { key: "window", label: "Window", value: links[0]?.windowUsed ?? 0, unit: `of ${window}`, words: "waiting for the carrier's answer" },
  { key: "queue", label: "Queue", value: queued, unit: "waiting", ...(oldest !== undefined && { since: oldest, words: "the oldest for" }) },
  { key: "pace", label: "Pace", value: now, unit: `of ${rate(perSecond)} a second`, words: slowed(throttledLately) },
];

const slowed = (times: number): string =>
  times === 0
    ? "never told to slow down in the last hour"
    : `told to slow down ${times === 1 ? "once" : `${times.toLocaleString("en")} times`} in the last hour`;

const MICROS = 1_000_000;
const costs = ({ costs }: CarrierFigures): CarrierOverview["figures"] =>
  [...costs].map(([currency, { hour, day }]) => ({
    ...{ key: `cost-${currency}`, label: "Cost", value: hour.total() / MICROS, unit: `${currency} in the last hour` },
    words: `${(day.total() / MICROS).toLocaleString("en", { maximumSignificantDigits: 3 })} ${currency} in the last day`,
  }));

const timesOf = ({ roundTrip }: CarrierFigures) => {
  const [p50, p99] = [roundTrip.at(0.5), roundTrip.at(0.99)];
  return p50 === undefined || p99 === undefined ? undefined : { p50, p99 };
};

const times = (trip: { p50: number; p99: number } | undefined): CarrierOverview["figures"] =>
  trip === undefined
    ? []
    : [{ key: "round-trip", label: "Answer, median", value: trip.p50, unit: "ms", words: `slowest 1%: ${Math.round(trip.p99).toLocaleString("en")} ms` }];
