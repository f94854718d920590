import { phoneOf } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { PhoneTerms } from "@/domain/sms/terms";
import type { Thread } from "@/domain/thread";
import { carriersFor, type Path, termsOf, whyNone } from "./carrier";
import type { SmsOutOptions } from "./outgoing";
import { frontFor } from "./words";

export interface ForecastOptions extends Pick<SmsOutOptions, "carriers" | "directory" | "pool" | "consent"> {
  readonly thread: (user: Id, threadId: Id) => Promise<Thread>;
}

/** More phones of one conversation are not looked at. */
const MOST = 50;

/** Says what `SmsOut` would decide now, without writing anything. */
export class SmsForecast {
  constructor(private readonly options: ForecastOptions) {}

  /** How a text by this person goes to each phone of a conversation. Fails with `thread/unknown`. */
  async terms(user: Id, threadId: Id): Promise<readonly PhoneTerms[]> {
    const thread = await this.options.thread(user, threadId);
    const phones = thread.people.flatMap((person) => phoneOf(person) ?? []).slice(0, MOST);
    const sender = (await this.options.directory.many([user])).get(user)?.name ?? "Braid";
    return Promise.all(phones.map((phone) => this.#to(phone, thread, sender)));
  }

  async #to(phone: string, thread: Thread, sender: string): Promise<PhoneTerms> {
    const { carriers, consent, pool } = this.options;
    if (!(await consent.allows(phone))) return { phone, front: "", refused: "asked-to-stop" };
    const paths = carriersFor(carriers, phone);
    const path: Path | undefined = paths.find(({ numbers }) => numbers.length > 0);
    if (path === undefined) return { phone, front: "", refused: paths.length === 0 ? whyNone(carriers, phone) : "no-number-to-answer" };
    const assignment = await pool.foresee(phone, thread.id, path.numbers);
    return { phone, front: frontFor({ thread, assignment, sender }), terms: termsOf(path) };
  }
}
