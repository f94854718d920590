import { isPhone } from "@/domain/address";
import type { Clock, Random } from "@/domain/id";
import type { Language } from "@/domain/sms/national";
import { segmentsOf, WIDE_HEADER } from "@/domain/sms/segments";
import type { Price } from "@/domain/sms/terms";
import { Refused } from "@/server/delivery/outside-step";
import type { Timers } from "@/server/platform/timers";
import type { Cut, Handed, Inward, Network, Sms } from "./carrier";
import type { SenderRule } from "./senders";
import { type CarrierState, SmppCarrier } from "./smpp/carrier";
import { SmppFailure } from "./smpp/failure";
import type { IncomingSm } from "./smpp/incoming";
import type { Account } from "./smpp/link-options";
import type { SmppAddress } from "./smpp/submit";
import { readIncoming } from "./wire/incoming";
import { parts, type SmsPart } from "./wire/parts";
import { isReceipt, readReceipt } from "./wire/receipt";

export interface SmppSettings {
  readonly kind: "smpp";
  readonly name: string;
  readonly account: Account;
  readonly binds: "transceiver" | "pair";
  readonly numbers: readonly string[];
  readonly prices: ReadonlyMap<string, Price>;
  readonly most?: number;
  readonly rules?: readonly SenderRule[];
  readonly window?: number;
  readonly perSecond?: number;
  /** Whose national tables the networks behind it know. */
  readonly languages?: readonly Language[];
}

export interface SmppNetworkOptions extends SmppSettings, Inward {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
}

/** A carrier that speaks SMPP. */
export class SmppNetwork implements Network {
  readonly name: string;
  readonly numbers: readonly string[];
  readonly prices: ReadonlyMap<string, Price>;
  readonly most: number | undefined;
  readonly rules: readonly SenderRule[] | undefined;
  readonly languages: readonly Language[] | undefined;
  readonly header = WIDE_HEADER;
  readonly #carrier: SmppCarrier;
  /** Late answers that are being written down. */
  readonly #noting = new Set<Promise<void>>();

  constructor(private readonly options: SmppNetworkOptions) {
    const { name, numbers, prices, account, binds, clock, timers, random, window, perSecond } = options;
    [this.name, this.numbers, this.prices] = [name, numbers, prices];
    [this.most, this.rules, this.languages] = [options.most, options.rules, options.languages];
    this.#carrier = new SmppCarrier({
      ...{ account, binds, clock, timers, random },
      ...(perSecond !== undefined && { perSecond }),
      limits: { window: window ?? 50, incoming: 64, incomingWaiting: 256 },
      receive: (sms) => this.#receive(sms),
    });
  }

  get isUp(): boolean {
    return this.state().links.every(({ boundSince }) => boundSince !== undefined);
  }

  get trouble(): string | undefined {
    return this.isUp ? undefined : (this.state().attention ?? `${this.name} is not connected.`);
  }

  state(): CarrierState {
    return this.#carrier.state();
  }

  start(): void {
    this.#carrier.start();
  }

  async close(): Promise<void> {
    await this.#carrier.close();
    await Promise.all(this.#noting);
  }

  cut(text: string): Cut {
    const { segments, encoding, language } = segmentsOf(text, this.header, this.languages);
    return { segments, encoding, pieces: segments, ...(language && { language }) };
  }

  /** Each segment is a piece. */
  async submit({ from, to, text, reference, skip, took, language }: Sms): Promise<Handed> {
    const failures: unknown[] = [];
    const hand = (part: SmsPart, index: number): Promise<unknown> =>
      this.#submit(from, to, part, (id) => this.#note(took(index, id, true)))
        .then((id) => took(index, id))
        .catch((error: unknown) => failures.push(error));
    const segments = parts(text, { reference, wide: true, ...(language && { language }) });
    await Promise.all(segments.map((part, index) => (skip.has(index) ? undefined : hand(part, index))));
    return { failures };
  }

  /** What could not be kept is kept before the next try. */
  #note(late: Promise<void>): void {
    const noted = late.catch(() => {}).finally(() => this.#noting.delete(noted));
    this.#noting.add(noted);
  }

  async #submit(from: string, to: string, part: SmsPart, late: (id: string) => void): Promise<string> {
    try {
      const sms = { source: address(from), destination: address(to), registeredDelivery: 1, ...part };
      const { messageId } = await this.#carrier.submit(sms, { late });
      return messageId;
    } catch (error) {
      if (!(error instanceof SmppFailure)) throw error;
      throw new Refused(error.kind === "permanent", reasonOf(error), error.message);
    }
  }

  async #receive(sms: IncomingSm): Promise<void> {
    const [from, to] = [phoneIn(sms.source), phoneIn(sms.destination)];
    const fields = { octets: sms.message, dataCoding: sms.dataCoding };
    if (isReceipt(sms.esmClass)) {
      const receipt = readReceipt({
        ...fields,
        receiptedMessageId: sms.receiptedMessageId,
        messageState: sms.messageState,
        networkErrorCode: sms.networkErrorCode,
      });
      // A receipt comes from the phone, says SMPP (3.4, 4.6); Kannel and others leave the addresses as they were in the message.
      return receipt === undefined ? this.options.ignored(this.name, "unreadable-receipt") : this.options.receipt(this.name, receipt, [from, to]);
    }
    const { reference, total, part } = sms.sar ?? {};
    const read = readIncoming({ ...fields, esmClass: sms.esmClass, sarMsgRefNum: reference, sarTotalSegments: total, sarSegmentSeqnum: part });
    if (read.kind === "problem") return this.options.ignored(this.name, read.problem);
    const { text, concatenation } = read;
    await this.options.text({ carrier: this.name, from, to, text, ...(concatenation && { concatenation }) }, this.#session);
  }

  get #session(): string {
    return this.state()
      .links.map(({ boundSince }) => boundSince ?? 0)
      .join("-");
  }
}

/** Type of number 1, numbering plan 1: an international number. Without its plus, as carriers want it. */
const address = (number: string): SmppAddress =>
  isPhone(number) ? { ton: 1, npi: 1, address: number.slice(1) } : { ton: /^\d+$/.test(number) ? 3 : 5, npi: 0, address: number };

function phoneIn({ ton, address }: SmppAddress): string {
  const digits = address.replace(/^(\+|00)/, "");
  return /^\d{7,15}$/.test(digits) && ton !== 3 && ton !== 5 ? `+${digits}` : address;
}

const REASONS: Readonly<Record<SmppFailure["kind"], string>> = {
  "not-sent": "carrier-unreachable",
  "unknown-outcome": "connection-lost",
  temporary: "carrier-busy",
  throttled: "carrier-busy",
  overloaded: "carrier-busy",
  login: "carrier-login",
  permanent: "refused",
};
const reasonOf = ({ kind, code }: SmppFailure): string => (code === "ESME_RINVDSTADR" ? "address-unknown" : REASONS[kind]);
