import type { Clock, IdMinter, Random } from "@/domain/id";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { type CarrierSettings, readCarriers } from "./bridges/sms/settings";
import { DemoTexts } from "./bridges/sms/simulator/demo-texts";
import { DemoNetwork } from "./bridges/sms/simulator/phones";
import type { Timers } from "./platform/timers";

export interface SmsNetwork {
  readonly carriers: readonly CarrierSettings[];
  /** The demo's own, when there is no other. */
  readonly demo?: DemoNetwork;
}

interface NetworkDeps {
  readonly store: WideColumnStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly mint: IdMinter;
}

/** Numbers that regulators keep free for stories: nobody can be called there. */
const OURS = Array.from({ length: 8 }, (_, i) => `+1202555010${i + 1}`);
export const DEMO_PHONES = [
  { number: "+12025550143", name: "Nora Field" },
  { number: "+447700900123", name: "Tom Reyes" },
  { number: "+61491570156", name: "Mei Lin" },
  // Of people here, to link to their accounts.
  { number: "+12025550187", name: "Ann Archer" },
  { number: "+353870000042", name: "Ben Brook" },
] as const;
const PRICE = { micros: 7_500, currency: "USD" };

/** The carriers of a settings file; without one those of the demo, which end at phones on a page. */
export async function smsNetwork({ carriersFile, demo }: { readonly carriersFile?: string; readonly demo: boolean }, deps: NetworkDeps): Promise<SmsNetwork> {
  if (carriersFile !== undefined) return { carriers: readCarriers(carriersFile) };
  if (!demo) return { carriers: [] };
  const account = { systemId: "braid", password: Buffer.from(deps.random(4)).toString("hex") };
  const network = await DemoNetwork.start({ ...deps, texts: new DemoTexts(deps.store), numbers: OURS, phones: DEMO_PHONES, account });
  const reach = { host: "127.0.0.1", port: network.port };
  return {
    demo: network,
    carriers: [{ kind: "smpp", name: "demo", account: { ...account, ...reach }, binds: "transceiver", numbers: OURS, prices: new Map([["+", PRICE]]) }],
  };
}
