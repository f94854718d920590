import type { Clock } from "@/domain/id";
import type { Network } from "./bridges/sms/carrier";
import type { CarrierFigures, SmsFigures } from "./bridges/sms/figures";
import type { NumberPool } from "./bridges/sms/pool";
import { SmppNetwork } from "./bridges/sms/smpp-network";
import type { Metrics, Reading } from "./platform/metrics";

export interface SmsMetricsDeps {
  readonly metrics: Metrics;
  readonly networks: readonly Network[];
  readonly figures: SmsFigures;
  readonly pool: NumberPool;
  /** Phones on STOP. */
  readonly stopped: () => Promise<number>;
  readonly clock: Clock;
}

const CARRIER = ["carrier"];

/** What the admin page shows of carriers, for a collector. Carriers are as many as the settings name, and reasons are bounded where they are counted. */
export function registerSmsMetrics({ metrics, networks, figures, pool, stopped, clock }: SmsMetricsDeps): void {
  const each = (read: (figures: CarrierFigures, network: Network) => readonly Reading[]) => () =>
    networks.flatMap((network) =>
      read(figures.of(network.name), network).map(({ labels, value }) => ({ labels: { carrier: network.name, ...labels }, value })),
    );
  const links = (read: (state: ReturnType<SmppNetwork["state"]>) => number) =>
    each((_figures, network) => (network instanceof SmppNetwork ? [{ value: read(network.state()) }] : []));
  metrics.readings("counter", "sms_texts_total", "Texts, by what became of them.", ["carrier", "outcome"], each(outcomes));
  metrics.readings("counter", "sms_failures_total", "Texts a carrier did not take or a phone did not get.", ["carrier", "reason"], each(reasons));
  metrics.readings("counter", "sms_cost_total", "What carriers ask for what they took, in the currency.", ["carrier", "currency"], each(costs));
  metrics.readings(
    "gauge",
    "sms_carrier_up",
    "Whether the carrier would take a text now.",
    CARRIER,
    each((_figures, { isUp }) => [{ value: Number(isUp) }]),
  );
  metrics.readings(
    "gauge",
    "sms_window_used",
    "Texts that wait for the carrier's answer.",
    CARRIER,
    links(({ links }) => links[0]?.windowUsed ?? 0),
  );
  metrics.readings(
    "gauge",
    "sms_window_size",
    "How many may.",
    CARRIER,
    links(({ window }) => window),
  );
  metrics.readings(
    "gauge",
    "sms_queue",
    "Texts that wait for a place in the window.",
    CARRIER,
    links(({ queued }) => queued),
  );
  const age = links(({ oldest }) => (oldest === undefined ? 0 : (clock() - oldest) / 1_000));
  metrics.readings("gauge", "sms_queue_oldest_seconds", "How long the oldest of them has.", CARRIER, age);
  metrics.readings(
    "gauge",
    "sms_pace",
    "Texts a second that the carrier is given at most at present.",
    CARRIER,
    links(({ rate }) => rate),
  );
  metrics.readings(
    "counter",
    "sms_throttled_total",
    "How often the carrier wanted texts more slowly.",
    CARRIER,
    links(({ throttled }) => throttled),
  );
  metrics.readings("gauge", "sms_answer_seconds", "Until the carrier answers, of the last hour.", ["carrier", "quantile"], each(times));
  metrics.readings("gauge", "sms_phones_stopped", "Phones on STOP.", [], async () => [{ value: await stopped() }]);
  metrics.readings("counter", "sms_numbers_reassigned_total", "Numbers taken from one conversation on a phone for another.", [], () => [
    { value: pool.reassigned.total },
  ]);
}

const outcomes = ({ sent, delivered, failed, received }: CarrierFigures): Reading[] =>
  Object.entries({ sent, delivered, failed, received }).map(([outcome, { total }]) => ({ labels: { outcome }, value: total }));

const reasons = (figures: CarrierFigures): Reading[] => [...figures.reasons].map(([reason, { total }]) => ({ labels: { reason }, value: total }));

const costs = (figures: CarrierFigures): Reading[] => [...figures.costs].map(([currency, { total }]) => ({ labels: { currency }, value: total / 1_000_000 }));

function times(figures: CarrierFigures, network: Network): Reading[] {
  const measured = network instanceof SmppNetwork ? network.state().roundTrip : undefined;
  return [0.5, 0.99].flatMap((quantile) => {
    const ms = measured === undefined ? figures.roundTrip.at(quantile) : quantile === 0.5 ? measured.p50 : measured.p99;
    return ms === undefined ? [] : [{ labels: { quantile: String(quantile) }, value: ms / 1_000 }];
  });
}
