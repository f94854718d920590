import type { Clock } from "@/domain/id";
import type { Delivery } from "@/domain/message";
import { Refused } from "@/server/delivery/outside-step";
import { Counted, HourSums, MinuteSeries, sum } from "@/server/platform/history";
import { Spread } from "@/server/platform/spread";
import { type Network, priceTo, type Sms } from "./carrier";

interface Cost {
  readonly hour: MinuteSeries;
  readonly day: HourSums;
  /** Since the start, millionths. */
  total: number;
}

/** Carriers may invent reasons and settings may change currencies; beyond so many they are counted together. */
const MAX_REASONS = 30;
const MAX_CURRENCIES = 5;

/** What one carrier did: an hour of figures in memory. A text counts as sent when the carrier has all of it. */
export class CarrierFigures {
  readonly sent: Counted;
  readonly delivered: Counted;
  readonly failed: Counted;
  readonly received: Counted;
  readonly roundTrip: Spread;
  readonly reasons = new Map<string, Counted>();
  readonly costs = new Map<string, Cost>();

  constructor(private readonly clock: Clock) {
    [this.sent, this.delivered, this.failed, this.received] = [new Counted(clock), new Counted(clock), new Counted(clock), new Counted(clock)];
    this.roundTrip = new Spread(clock);
  }

  fail(reason: string): void {
    this.failed.add();
    const key = this.reasons.has(reason) || this.reasons.size < MAX_REASONS ? reason : "other";
    const counted = this.reasons.get(key) ?? new Counted(this.clock);
    this.reasons.set(key, counted);
    counted.add();
  }

  /** `micros`: millionths of the currency. */
  pay(micros: number, currency: string): void {
    const key = this.costs.has(currency) || this.costs.size < MAX_CURRENCIES ? currency : "other";
    const cost = this.costs.get(key) ?? { hour: new MinuteSeries(this.clock, sum), day: new HourSums(this.clock), total: 0 };
    this.costs.set(key, cost);
    cost.hour.add(micros);
    cost.day.add(micros);
    cost.total += micros;
  }
}

/** The figures of all carriers, by name. */
export class SmsFigures {
  readonly #carriers = new Map<string, CarrierFigures>();
  constructor(private readonly clock: Clock) {}

  of(carrier: string): CarrierFigures {
    const known = this.#carriers.get(carrier) ?? new CarrierFigures(this.clock);
    this.#carriers.set(carrier, known);
    return known;
  }

  /** From here on all that the network is given is counted, whoever gives it. */
  watch(network: Network): Network {
    const [figures, submit] = [this.of(network.name), network.submit.bind(network)];
    const counted = async (sms: Sms): ReturnType<Network["submit"]> => {
      const began = this.clock();
      const handed = await submit({ ...sms, took: paid(figures, network, sms) });
      figures.roundTrip.add(this.clock() - began);
      for (const failure of new Set(handed.failures.map(reasonOf))) figures.fail(failure);
      if (handed.failures.length === 0) figures.sent.add();
      return handed;
    };
    return Object.assign(network, { submit: counted });
  }

  /** What became of a message, as it was committed: what its receipts say. */
  reported({ state, reason = "unknown", receipt, sms }: Delivery): void {
    if (sms === undefined) return;
    const figures = this.of(sms.carrier);
    if (state === "delivered") figures.delivered.add();
    if (state === "failed" && receipt) figures.fail(reason);
  }
}

/** Each piece is paid for when the carrier has it: of messages, of codes and of answers to STOP, and whether the rest goes or not. */
function paid(figures: CarrierFigures, network: Network, { to, text, took }: Sms): Sms["took"] {
  const price = priceTo(network, to);
  if (price === undefined) return took;
  const { segments, pieces } = network.cut(text);
  return (piece, ...taken) => {
    figures.pay((price.micros * segments) / pieces, price.currency);
    return took(piece, ...taken);
  };
}

const reasonOf = (failure: unknown): string => (failure instanceof Refused ? failure.code : "server-internal");
