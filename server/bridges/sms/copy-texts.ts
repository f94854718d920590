import type { CopyDecision, CopyText } from "@/domain/decide-copy";
import type { Id } from "@/domain/id";
import { MOST_TEXTS } from "@/domain/texting";
import type { CopyPhones } from "@/server/delivery/copy-step";
import { type Carrier, carriersFor } from "./carrier";
import type { Consent } from "./consent";
import type { SmsRows } from "./rows";

const KEPT_FOR = 48 * 60 * 60_000;

export interface CopyTextsOptions {
  readonly rows: SmsRows;
  readonly consent: Consent;
  readonly carriers: () => readonly Carrier[];
}

/** What copies to phones need of the side of the phones: consent, prices, and which texts went to a person. */
export class CopyTexts implements CopyPhones {
  constructor(private readonly options: CopyTextsOptions) {}

  async stopped(phone: string): Promise<boolean> {
    return !(await this.options.consent.allows(phone));
  }

  price(phone: string): number | undefined {
    return carriersFor(this.options.carriers(), phone).find(({ numbers }) => numbers.length > 0)?.price.micros;
  }

  async decide(person: Id, decide: (texts: readonly CopyText[]) => CopyDecision, text: Omit<CopyText, "along">): Promise<CopyDecision> {
    let decision: CopyDecision | undefined;
    await this.options.rows.change<readonly CopyText[]>(`n:${person}`, "pair", "copies", (texts = []) => {
      decision = decide(texts);
      if (decision.do !== "text" || decision.again) return undefined;
      return [...texts.filter(({ at }) => text.at - at < KEPT_FOR).slice(-4 * MOST_TEXTS), { ...text, along: decision.along }];
    });
    return decision as CopyDecision;
  }
}
