import { isHandle } from "@/domain/address";
import type { Clock, Id } from "@/domain/id";
import type { Person } from "@/domain/person";
import { phoneKey } from "@/domain/phone";
import { fileOnItsWay } from "@/server/content/files/kinds";
import type { Arrived, InboundText, ReceiveText } from "@/server/delivery/receive-text";
import { Lru } from "@/server/platform/lru";
import type { Consent } from "./consent";
import type { WholeText } from "./inbox";
import { type Keyword, keywordOf, languageOf } from "./keywords";
import type { NumberPool } from "./pool";
import { replyTo } from "./replies";

export interface TextsOptions {
  readonly receive: Pick<ReceiveText, "into" | "to">;
  readonly directory: { byHandle(handle: string): Promise<Person | undefined>; byAddress(phone: string): Promise<Id | undefined> };
  readonly pool: NumberPool;
  readonly consent: Consent;
  readonly clock: Clock;
  /** Who we are, for those who ask. */
  readonly who: string;
  /** Sees to it that what came with a text is fetched. Durable when it resolves. */
  readonly fetchMedia: (text: WholeText, arrived: Arrived) => Promise<void>;
  /** A code that links the phone to whoever enters it; undefined when there have been too many. */
  readonly codeFor: (phone: string) => Promise<string | undefined>;
  /** Writes from one of our numbers to a phone, whatever it consented to. It need not arrive. */
  readonly answer: (carrier: string, from: string, to: string, text: string) => Promise<void>;
}

/** The whole text that asks for a code: as in 2010. */
const LINK = /^\s*f[.!]?\s*$/i;
const HOUR = 60 * 60_000;
/** To one phone no more than so often, so that two machines do not talk for ever. */
const HELP_EVERY = HOUR;
/** Answers of all kinds to one phone, for the same reason, and because somebody may be paid for what comes to it. Beyond them a word still counts. */
const ANSWERS_AN_HOUR = 6;

/** What becomes of a text that came in: a word to us, an answer in a conversation, or the beginning of one. */
export class Texts {
  readonly #helped = new Lru<string, number>(10_000);
  /** When a phone was answered in the last hour. */
  readonly #answered = new Lru<string, readonly number[]>(10_000);
  constructor(private readonly options: TextsOptions) {}

  async handle(text: WholeText): Promise<void> {
    const keyword = text.keyword ?? keywordOf(text.text);
    // Who has not stopped says yes to somebody, and not to us.
    const isWord = keyword !== undefined && (keyword !== "start" || !(await this.options.consent.allows(text.from)));
    if (isWord) return this.#word(keyword, text);
    const wantsCode = LINK.test(text.text);
    // On a phone that is linked already it may be an answer.
    if (wantsCode && (await this.options.directory.byAddress(text.from)) === undefined) return this.#code(text);
    if ((await this.#reply(text)) || (await this.#begin(text))) return;
    await (wantsCode ? this.#code(text) : this.#help(text));
  }

  /** STOP counts before anything is answered. When it is said again it is answered no second time, but when a crash came before the answer. */
  async #word(keyword: Keyword, text: WholeText): Promise<void> {
    const { id, from, keyword: answered } = text;
    const isNews = keyword === "help" || (await this.options.consent.say(from, keyword === "stop", id));
    const words = replyTo(keyword, languageOf(text.text, from), this.options.who);
    if (isNews && answered === undefined) await this.#answer(text, words);
  }

  async #reply(text: WholeText): Promise<boolean> {
    const pair = await this.options.pool.find(text.from, text.to);
    const arrived = pair && (await this.options.receive.into(pair, inboundOf(text)));
    if (arrived === undefined) return false;
    if (arrived.threadId !== pair?.threadId) await this.options.pool.assign(text.from, arrived, [text.to]);
    await this.options.fetchMedia(text, arrived);
    return true;
  }

  async #begin(text: WholeText): Promise<boolean> {
    const [, handle = "", rest = ""] = /^@([\p{L}\p{N}._-]{1,30})[:,]?\s+([\s\S]+)$/u.exec(text.text) ?? [];
    const person = isHandle(handle.toLowerCase()) ? await this.options.directory.byHandle(handle.toLowerCase()) : undefined;
    if (person === undefined) return false;
    const arrived = await this.options.receive.to(person.id, inboundOf({ ...text, text: rest }));
    await this.options.pool.assign(text.from, arrived, [text.to]);
    await this.options.fetchMedia(text, arrived);
    return true;
  }

  async #code({ carrier, from, to }: WholeText): Promise<void> {
    if (!(await this.options.consent.allows(from))) return;
    const code = await this.options.codeFor(from);
    if (code !== undefined) await this.options.answer(carrier, to, from, linkingWords(code));
  }

  async #help(text: WholeText): Promise<void> {
    const [{ from }, now] = [text, this.options.clock()];
    if (now - (this.#helped.get(phoneKey(from)) ?? 0) < HELP_EVERY || !(await this.options.consent.allows(from))) return;
    this.#helped.set(phoneKey(from), now);
    await this.#answer(text, replyTo("help", "en", this.options.who));
  }

  async #answer({ carrier, from, to }: WholeText, words: string): Promise<void> {
    const [key, now] = [phoneKey(from), this.options.clock()];
    const lately = (this.#answered.get(key) ?? []).filter((at) => now - at < HOUR);
    if (lately.length >= ANSWERS_AN_HOUR) return;
    this.#answered.set(key, [...lately, now]);
    await this.options.answer(carrier, to, from, words);
  }
}

const linkingWords = (code: string): string =>
  `Your Braid code: ${code}. Enter it in Braid under Settings, Phones, to link this phone. It lasts 15 minutes. Give it to nobody.`;

const inboundOf = ({ id, from, to, at, text, media, note, segments, missing }: WholeText): InboundText => ({
  ...{ id, phone: from, at, text: note === undefined ? text : `${text}\n${note}`.trim() },
  ...(media && { files: media.map(({ type }, place) => fileOnItsWay(type, place)) }),
  sms: { to, segments, ...(missing > 0 && { missing }) },
});
