import type { Clock } from "@/domain/id";
import { NARROW_HEADER, segmentsOf, smsText } from "@/domain/sms/segments";
import type { Price } from "@/domain/sms/terms";
import { Refused } from "@/server/delivery/outside-step";
import type { Timers } from "@/server/platform/timers";
import type { Cut, Handed, Inward, Network, Sms } from "../carrier";
import type { SenderRule } from "../senders";
import { type TwilioAccount, TwilioApi } from "./api";
import { isSigned } from "./signature";
import { readMessage, readStatus } from "./webhook";

export interface TwilioSettings {
  readonly kind: "twilio";
  readonly name: string;
  readonly account: TwilioAccount;
  readonly numbers: readonly string[];
  readonly prices: ReadonlyMap<string, Price>;
  readonly most?: number;
  readonly rules?: readonly SenderRule[];
}

export interface TwilioNetworkOptions extends TwilioSettings, Inward {
  readonly clock: Clock;
  readonly timers: Timers;
  /** The origin under which the carrier reaches us. */
  readonly url: string;
}

/** A webhook as it came; `url` is the one the carrier was given, letter for letter. */
export interface Webhook {
  readonly about: "message" | "status";
  readonly url: string;
  readonly signature: string;
  readonly form: URLSearchParams;
}

/** For so long after a failure others that reach the same phone come first. */
const AVOIDED = 60_000;
const FINISH_WITHIN = 3_000;
/** What a message can do nothing about. */
const TROUBLES: Readonly<Record<string, string>> = {
  "carrier-unreachable": "does not answer",
  "connection-lost": "breaks off its answers",
  "carrier-login": "does not accept the account of the settings",
};

/** A carrier that speaks HTTP as Twilio does: we call it to send, it calls us with what comes in and what became of what we sent. */
export class TwilioNetwork implements Network {
  readonly name: string;
  readonly numbers: readonly string[];
  readonly prices: ReadonlyMap<string, Price>;
  readonly most: number | undefined;
  readonly rules: readonly SenderRule[] | undefined;
  readonly header = NARROW_HEADER;
  readonly #api: TwilioApi;
  #failed: { readonly at: number; readonly words: string } | undefined;

  constructor(private readonly options: TwilioNetworkOptions) {
    [this.name, this.numbers, this.prices] = [options.name, options.numbers, options.prices];
    [this.most, this.rules] = [options.most, options.rules];
    this.#api = new TwilioApi(options.account, options.timers);
  }

  /** There is no connection to see; how the last message fared tells. */
  get isUp(): boolean {
    return this.#failed === undefined || this.options.clock() - this.#failed.at >= AVOIDED;
  }

  get trouble(): string | undefined {
    return this.#failed?.words;
  }

  start(): void {}

  close(): Promise<void> {
    return this.#api.close(FINISH_WITHIN);
  }

  /** It takes the whole text, and cuts it as everybody does. */
  cut(text: string): Cut {
    const { segments, encoding } = segmentsOf(text, this.header);
    return { segments, encoding, pieces: 1 };
  }

  async submit({ from, to, text, skip, took }: Sms): Promise<Handed> {
    if (skip.has(0)) return { failures: [] };
    const StatusCallback = `${this.options.url}/api/sms/${this.name}/status`;
    try {
      const sid = await this.#api.create({ To: to, From: from, Body: smsText(text), StatusCallback });
      this.#failed = undefined;
      await took(0, sid);
      return { failures: [] };
    } catch (error) {
      this.#remember(error);
      return { failures: [error] };
    }
  }

  /** Resolves when what it says is durable. */
  async hear({ about, url, signature, form }: Webhook): Promise<"taken" | "forged" | "unreadable"> {
    if (!isSigned(this.options.account.token, signature, url, form)) return "forged";
    return about === "message" ? this.#message(form) : this.#status(form);
  }

  async #message(form: URLSearchParams): Promise<"taken" | "unreadable"> {
    const message = readMessage(form);
    if (message === undefined) return "unreadable";
    // WhatsApp and its like come through the same door, as whatsapp:+1…: an answer by SMS would reach somebody else or nobody.
    if (message.from.includes(":")) this.options.ignored(this.name, "not-sms");
    else await this.options.text({ carrier: this.name, ...message }, "");
    return "taken";
  }

  async #status(form: URLSearchParams): Promise<"taken"> {
    const news = readStatus(form);
    if (news !== undefined) await this.options.receipt(this.name, news.receipt, [news.phone]);
    return "taken";
  }

  #remember(error: unknown): void {
    const words = error instanceof Refused ? TROUBLES[error.code] : undefined;
    this.#failed = words === undefined ? undefined : { at: this.options.clock(), words: `${this.name} ${words}.` };
  }
}
