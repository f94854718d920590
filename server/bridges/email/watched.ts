import type { Clock } from "@/domain/id";
import { MailFailure } from "./mail-failure";
import type { OutgoingMail } from "./outgoing";
import type { MailTransport } from "./relay";

/** Nothing takes mail to the outside yet: what is sent waits, so that it goes once a relay is set. */
export class NoRelay implements MailTransport {
  async send(): Promise<never> {
    throw new MailFailure(false, "relay-unreachable", "No mail relay is set. SMTP_RELAY_URL names one.");
  }
  describe(): string {
    return "No mail relay is set, so mail to the outside waits. SMTP_RELAY_URL names one";
  }
}

/** A transport that remembers how it went last, for the admin page. */
export class WatchedTransport implements MailTransport {
  #trouble: { readonly since: number; readonly words: string } | undefined;
  constructor(
    private readonly transport: MailTransport,
    private readonly clock: Clock,
  ) {}

  async send(mail: OutgoingMail): Promise<{ readonly detail: string }> {
    try {
      const sent = await this.transport.send(mail);
      this.#trouble = undefined;
      return sent;
    } catch (error) {
      // A refusal of one recipient says nothing about the way there.
      if (error instanceof MailFailure && !error.permanent) this.#trouble = { since: this.#trouble?.since ?? this.clock(), words: error.detail };
      throw error;
    }
  }

  describe(): string {
    return this.transport.describe();
  }

  /** Why mail does not get out, and since when (Unix milliseconds); undefined while it does. */
  get trouble(): { readonly since: number; readonly words: string } | undefined {
    return this.#trouble;
  }
}
