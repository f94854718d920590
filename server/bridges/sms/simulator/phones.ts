import { AppError } from "@/domain/error";
import type { Clock, IdMinter, Random } from "@/domain/id";
import type { DemoBehaviour, DemoPhone, DemoPhonesService, DemoText } from "@/server/api/services";
import type { Timers } from "@/server/platform/timers";
import { readIncoming } from "../wire/incoming";
import { parts } from "../wire/parts";
import { type MessagePart, Reassembler } from "../wire/reassembler";
import type { Outcome } from "./behaviour";
import type { DemoTexts } from "./demo-texts";
import { Smsc, type Submitted } from "./smsc";

export interface DemoNetworkOptions {
  readonly texts: DemoTexts;
  readonly numbers: readonly string[];
  readonly phones: readonly Pick<DemoPhone, "number" | "name">[];
  readonly account: { readonly systemId: string; readonly password: string };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly mint: IdMinter;
}

const USUAL: DemoBehaviour = { outcome: "delivered", delayMs: 1_000 };
const OUTCOMES: Readonly<Record<DemoBehaviour["outcome"], Outcome | undefined>> = {
  delivered: "DELIVRD",
  undeliverable: "UNDELIV",
  expired: "EXPIRED",
  "no-receipt": undefined,
};

/** The demo's own mobile network: an SMSC on the loopback, and the phones of people outside to look at. What we send goes all the way. */
export class DemoNetwork implements DemoPhonesService {
  readonly #behaviours = new Map<string, DemoBehaviour>();
  readonly #joining: Reassembler<MessagePart>;

  private constructor(
    private readonly options: DemoNetworkOptions,
    private readonly smsc: Smsc,
  ) {
    this.#joining = new Reassembler({ clock: options.clock });
    smsc.behaviour.submit = (sms) => this.#arrived(sms);
    smsc.behaviour.receipt = (sms) => this.#receipt(sms);
  }

  static async start(options: DemoNetworkOptions): Promise<DemoNetwork> {
    const { clock, timers, random, account } = options;
    const smsc = await Smsc.start({ accounts: { [account.systemId]: account.password }, clock, timers, random, remember: 0 });
    return new DemoNetwork(options, smsc);
  }

  get port(): number {
    return this.smsc.port;
  }

  async list(): Promise<DemoPhone[]> {
    return this.options.phones.map((phone) => ({ ...phone, behaviour: this.#behaviours.get(phone.number) ?? USUAL }));
  }

  async numbers(): Promise<readonly string[]> {
    return this.options.numbers;
  }

  texts(phone: string): Promise<DemoText[]> {
    return this.options.texts.of(this.#known(phone));
  }

  /** Resolves when our server has taken it. */
  async write({ phone, to, text }: { readonly phone: string; readonly to: string; readonly text: string }): Promise<void> {
    if (!this.options.numbers.includes(to)) throw new AppError("address/unknown");
    const sent = parts(text, { reference: this.options.random(1)[0] as number });
    if (sent.length === 0) throw new AppError("message/empty");
    await this.options.texts.add(this.#text(this.#known(phone), to, "from-phone", text, sent.length));
    for (const { shortMessage, dataCoding, esmClass } of sent) {
      const address = {
        source_addr_ton: 1,
        source_addr_npi: 1,
        source_addr: phone.slice(1),
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: to.slice(1),
      };
      await this.smsc.deliver(this.options.account.systemId, { ...address, data_coding: dataCoding, esm_class: esmClass, short_message: shortMessage });
    }
  }

  async behave(phone: string, behaviour: DemoBehaviour): Promise<void> {
    this.#behaviours.set(this.#known(phone), behaviour);
  }

  close(): Promise<void> {
    return this.smsc.close();
  }

  #known(phone: string): string {
    if (!this.options.phones.some(({ number }) => number === phone)) throw new AppError("address/unknown");
    return phone;
  }

  #arrived({ fields }: Submitted): { status?: number } {
    const [phone, other] = [numberIn(fields.destination_addr), numberIn(fields.source_addr)];
    const octets = Buffer.from(fields.short_message as Buffer);
    const read = readIncoming({ octets, dataCoding: Number(fields.data_coding), esmClass: Number(fields.esm_class) });
    if (read.kind === "problem" || !this.options.phones.some(({ number }) => number === phone)) return {};
    const single = { kind: "message" as const, text: read.text, parts: [undefined] };
    const { concatenation } = read;
    for (const done of concatenation ? this.#joining.add({ from: other, to: phone, text: read.text, ...concatenation }) : [single])
      if (done.kind === "message") void this.options.texts.add(this.#text(phone, other, "to-phone", done.text, done.parts.length)).catch(() => {});
    return {};
  }

  #receipt({ fields }: Submitted): { afterMs: number; outcome: Outcome } | undefined {
    const { outcome, delayMs } = this.#behaviours.get(numberIn(fields.destination_addr)) ?? USUAL;
    const word = OUTCOMES[outcome];
    return word && { afterMs: delayMs, outcome: word };
  }

  #text(phone: string, other: string, direction: DemoText["direction"], text: string, segments: number): DemoText {
    return { id: this.options.mint.next(), phone, other, direction, text, segments, at: this.options.clock() };
  }
}

const numberIn = (address: unknown): string => `+${String(address)}`;
