import { expect, test } from "vitest";
import { Refused } from "@/server/delivery/outside-step";
import type { Handed, Network, Sms } from "./carrier";
import { SmsFigures } from "./figures";

const NOW = Date.UTC(2026, 5, 1, 12);
const SMS: Sms = { from: "+12025550101", to: "+12025550143", text: "x", reference: 7, skip: new Set(), took: async () => {} };

/** A carrier that takes some pieces of each text, which has three segments. */
function networkThat(takes: readonly number[], pieces = 3): Network {
  const submit = async ({ took }: Sms): Promise<Handed> => {
    for (const piece of takes) await took(piece, `id-${piece}`);
    return { failures: takes.length === pieces ? [] : [new Refused(false, "throttled", "later")] };
  };
  const prices = new Map([["+1", { micros: 7_500, currency: "USD" }]]);
  const cut = () => ({ segments: 3, encoding: "gsm7", pieces }) as const;
  const part = { start: () => {}, close: async () => {}, trouble: undefined };
  return { name: "one", numbers: [SMS.from], prices, isUp: true, header: 7, cut, submit, ...part };
}

test.each([
  ["all pieces", [0, 1, 2], 3, 22_500],
  ["one piece of a text that did not go whole", [1], 3, 7_500],
  ["a text that the carrier cuts itself", [0], 1, 22_500],
])("what a carrier took is paid, whoever gave it: %s", async (_what, takes, pieces, micros) => {
  const figures = new SmsFigures(() => NOW);
  const kept: number[] = [];
  const took = async (piece: number) => void kept.push(piece);
  await figures.watch(networkThat(takes, pieces)).submit({ ...SMS, took });
  expect(figures.of("one").costs.get("USD")?.total).toBe(micros);
  expect(kept).toEqual(takes);
});

test("where the settings know no price nothing is counted, and a message that is reported sent is not paid twice", async () => {
  const figures = new SmsFigures(() => NOW);
  await figures.watch(networkThat([0, 1, 2])).submit({ ...SMS, to: "+447700900123" });
  const cost = { micros: 22_500, currency: "USD" };
  figures.reported({ state: "sent", channel: "sms", at: NOW, sms: { from: SMS.from, segments: 3, encoding: "gsm7", carrier: "one", cost } });
  expect(figures.of("one").costs.size).toBe(0);
  expect(figures.of("one").sent.hour).toBe(1);
});
