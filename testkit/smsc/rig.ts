import type { Behaviour } from "@/server/bridges/sms/simulator/behaviour";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { SmppCarrier } from "@/server/bridges/sms/smpp/carrier";
import type { IncomingSm } from "@/server/bridges/sms/smpp/incoming";
import { SmppLink } from "@/server/bridges/sms/smpp/link";
import { type Account, LINK_LIMITS, type LinkLimits, type LinkOptions } from "@/server/bridges/sms/smpp/link-options";
import type { SubmitSm } from "@/server/bridges/sms/smpp/submit";
import { ManualClock } from "../clock";
import { seededRandom } from "../random";

type CarrierOptions = ConstructorParameters<typeof SmppCarrier>[0];

/** Sockets are real: while our time runs they get some of theirs. */
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A simulated SMSC and what speaks to it, in one process over real sockets, by a clock that only tests move. */
export class SmscRig {
  readonly clock = new ManualClock();
  readonly random = seededRandom(7);
  /** What the client was handed. */
  readonly received: IncomingSm[] = [];
  receive = async (sms: IncomingSm): Promise<void> => void this.received.push(sms);
  smsc!: Smsc;
  readonly #open: { close(): Promise<void> }[] = [];

  static async start(behaviour: Partial<Behaviour> = {}, tls?: { key: string; cert: string }): Promise<SmscRig> {
    const rig = new SmscRig();
    const { clock, random } = rig;
    rig.smsc = await Smsc.start({ accounts: { braid: "secret" }, clock: clock.clock, timers: clock, random, behaviour, ...(tls && { tls }) });
    return rig;
  }

  account(more: Partial<Account> = {}): Account {
    return { host: "127.0.0.1", port: this.smsc.port, systemId: "braid", password: "secret", ...more };
  }

  link({ limits, ...more }: Partial<Omit<LinkOptions, "limits">> & { limits?: Partial<LinkLimits> } = {}): SmppLink {
    const receive = (sms: IncomingSm) => this.receive(sms);
    const base = { account: this.account(), kind: "transceiver", timers: this.clock, receive } as const;
    return this.#kept(new SmppLink({ ...base, ...more, limits: { ...LINK_LIMITS, ...limits } }));
  }

  carrier(more: Partial<CarrierOptions> = {}): SmppCarrier {
    const { clock, random } = this;
    const receive = (sms: IncomingSm) => this.receive(sms);
    const base = { account: this.account(), binds: "transceiver", clock: clock.clock, timers: clock, random, receive } as const;
    const carrier = this.#kept(new SmppCarrier({ ...base, ...more }));
    carrier.start();
    return carrier;
  }

  /** Turns of the event loop until something holds, each of them so many milliseconds by our clock. */
  async until(holds: () => boolean, msEach = 0): Promise<void> {
    const end = Date.now() + 20_000;
    while (!holds()) {
      if (Date.now() > end) throw new Error("it did not come about");
      this.clock.advance(msEach);
      await (msEach > 0 ? moment() : turn());
    }
  }

  async close(): Promise<void> {
    let isClosed = false;
    void Promise.all(this.#open.map((one) => one.close())).then(() => (isClosed = true));
    this.smsc.kill();
    await this.until(() => isClosed, 1000);
    await this.smsc.close();
  }

  #kept<T extends { close(): Promise<void> }>(one: T): T {
    this.#open.push(one);
    return one;
  }
}

/** A message to send, with these bytes. */
export const submitOf = (bytes: Uint8Array | string, more: Partial<SubmitSm> = {}): SubmitSm => ({
  source: { ton: 5, npi: 0, address: "Braid" },
  destination: { ton: 1, npi: 1, address: "15551230001" },
  dataCoding: 0,
  shortMessage: Buffer.from(bytes),
  ...more,
});

/** How a call ended, without waiting for it here. */
export const endOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "taken",
    ({ kind, code }) => `${kind} ${code}`,
  );
