import type { Clock, Id } from "@/domain/id";
import { phoneForms, phoneKey } from "@/domain/phone";
import { Counted } from "@/server/platform/history";
import { Lru } from "@/server/platform/lru";
import type { SmsRows } from "./rows";

/** One of our numbers stands for one conversation on one phone, so that a reply finds its way back. */
export interface Pair {
  readonly number: string;
  readonly threadId: Id;
  /** Whose mailbox wrote last: the thread is read there. */
  readonly user: Id;
  /** When it was last used, Unix milliseconds. */
  readonly at: number;
}

export interface Assignment {
  readonly number: string;
  /** The phone has not had this conversation from this number before. */
  readonly isNew: boolean;
  /** The conversation that the number stood for until now: replies to it come here from now on. */
  readonly taken?: Pair;
}

const REMEMBERED = 20_000;
/** A pair that is used is written down no more often. */
const FRESH = 60 * 60_000;

/**
 * The sending numbers of a phone's conversations. Each (phone, conversation) has a number of its own for as long as there are enough; then the
 * one that was used least recently is given to the next.
 */
export class NumberPool {
  readonly #known = new Lru<string, readonly Pair[]>(REMEMBERED);

  /** Numbers that had to be taken from one conversation for another, because all were in use on the phone. */
  readonly reassigned: Counted;

  constructor(
    private readonly rows: SmsRows,
    private readonly clock: Clock,
  ) {
    this.reassigned = new Counted(clock);
  }

  /** Which of `numbers` is to be used; at least one must be given. */
  async assign(phone: string, { threadId, user }: { threadId: Id; user: Id }, numbers: readonly string[]): Promise<Assignment> {
    const key = phoneKey(phone);
    const known = this.#known.get(key)?.find((pair) => pair.threadId === threadId && numbers.includes(pair.number));
    const at = this.clock();
    if (known !== undefined && known.user === user && at - known.at < FRESH) return { number: known.number, isNew: false };
    const before = await this.#before(phone);
    let assignment: Assignment | undefined;
    const pairs = await this.rows.change<readonly Pair[]>(rowOf(key), "pair", "now", (was = before) => {
      assignment = choose(was, threadId, numbers);
      const { number } = assignment;
      return [...was.filter((pair) => pair.number !== number && pair.threadId !== threadId), { number, threadId, user, at }];
    });
    this.#known.set(key, pairs ?? []);
    if (assignment?.taken !== undefined) this.reassigned.add();
    return assignment as Assignment;
  }

  /** The conversation a text from this phone to this number belongs to. */
  async find(phone: string, number: string): Promise<Pair | undefined> {
    return (await this.#pairs(phone)).find((pair) => pair.number === number);
  }

  /** What `assign` would answer now; nothing is written. */
  async foresee(phone: string, threadId: Id, numbers: readonly string[]): Promise<Assignment> {
    return choose(await this.#pairs(phone), threadId, numbers);
  }

  async #pairs(phone: string): Promise<readonly Pair[]> {
    const key = phoneKey(phone);
    const pairs = this.#known.get(key) ?? (await this.rows.get<readonly Pair[]>(rowOf(key), "pair", "now")) ?? (await this.#before(phone));
    if (pairs.length > 0) this.#known.set(key, pairs);
    return pairs;
  }

  /** What was kept under another number of the phone, before there were keys. It is taken over when the phone is next written to. */
  async #before(phone: string): Promise<readonly Pair[]> {
    const [, ...others] = phoneForms(phone);
    const kept = await Promise.all(others.map((form) => this.rows.get<readonly Pair[]>(rowOf(form), "pair", "now")));
    return kept.flatMap((pairs) => pairs ?? []);
  }
}

const rowOf = (phone: string): string => `p:${phone}`;

function choose(pairs: readonly Pair[], threadId: Id, numbers: readonly string[]): Assignment {
  const own = pairs.find((pair) => pair.threadId === threadId && numbers.includes(pair.number));
  if (own !== undefined) return { number: own.number, isNew: false };
  const free = numbers.find((number) => pairs.every((pair) => pair.number !== number));
  if (free !== undefined) return { number: free, isNew: true };
  const taken = pairs.filter(({ number }) => numbers.includes(number)).reduce((a, b) => (b.at < a.at ? b : a));
  return { number: taken.number, isNew: true, taken };
}
