/** One segment on its way to a phone. Numbers are E.164. */
export interface Segment {
  readonly from: string;
  readonly to: string;
  readonly shortMessage: Uint8Array;
  readonly dataCoding: number;
  readonly esmClass: number;
}

export interface Price {
  /** Of one segment, millionths of the currency (ISO 4217). */
  readonly micros: number;
  readonly currency: string;
}

/** A network that carries texts for us. */
export interface Carrier {
  readonly name: string;
  /** Ours there, E.164. At least one. */
  readonly numbers: readonly string[];
  /** What it carries and what it asks for: the longest beginning of a number that is listed counts. */
  readonly prices: ReadonlyMap<string, Price>;
  /** Whether it would take anything now. */
  readonly isUp: boolean;
  /** Resolves to the carrier's own id of the segment when it has taken it. Fails with `Refused`. */
  submit(segment: Segment): Promise<string>;
}

/** The carriers that reach a number, the ones that work first, then the cheapest. */
export function carriersFor(carriers: readonly Carrier[], phone: string): { carrier: Carrier; price: Price }[] {
  const able = carriers.flatMap((carrier) => {
    const price = priceOf(carrier, phone);
    return price === undefined ? [] : [{ carrier, price }];
  });
  return able.sort((a, b) => Number(b.carrier.isUp) - Number(a.carrier.isUp) || a.price.micros - b.price.micros);
}

function priceOf({ prices }: Carrier, phone: string): Price | undefined {
  for (let length = phone.length; length > 0; length--) {
    const price = prices.get(phone.slice(0, length));
    if (price !== undefined) return price;
  }
  return undefined;
}
