import { afterEach, expect, test } from "vitest";
import type { Thread } from "@/domain/thread";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import { bootWorld, type World } from "@/testkit/world";
import type { Overview, SmsOverview } from "./api/services";
import type { CarrierSettings } from "./bridges/sms/settings";

const [NORA, NOBODY, OURS] = ["+12025550143", "+12025550199", "+12025550101"];
const prices = new Map([["+", { micros: 7_900, currency: "USD" }]]);
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function boot(carriers: readonly CarrierSettings[]): Promise<World> {
  const world = await bootWorld({ sms: { carriers } });
  opened.push(world);
  return world;
}
/** Who comes first is admin. */
const read = async (world: World): Promise<SmsOverview> => (await (await world.device("ann")).query<Overview>("admin.overview")).sms;
const figures = ({ carriers }: SmsOverview, name: string) =>
  Object.fromEntries(carriers.find((carrier) => carrier.name === name)?.figures.map(({ key, value }) => [key, value]) ?? []);

test("without a carrier it says so, and nobody but admins is told anything", async () => {
  const world = await boot([]);
  expect(await read(world)).toEqual({ words: "No carrier is set up. Nothing goes out or comes in by SMS.", carriers: [], phones: [] });
  await expect((await world.device("ben")).query("admin.overview")).rejects.toMatchObject({ code: "account/forbidden" });
});

test("one carrier works and one is away: each with its words, what it did, and why something failed; /metrics has the same", async () => {
  const twilio = await FakeTwilio.start();
  opened.push(twilio);
  const account = { host: "127.0.0.1", port: 1, systemId: "braid", password: "secret" };
  const world = await boot([
    { kind: "twilio", name: "works", account: twilio.account, numbers: [OURS], prices },
    { kind: "smpp", name: "away", account, binds: "pair", numbers: ["+12025550102"], prices: new Map([["+44", { micros: 1, currency: "EUR" }]]) },
  ]);
  twilio.behave(NOBODY, { answer: { status: 400, body: { code: 21211 } } });
  const ann = await world.device("ann");
  for (const phone of [NORA, NOBODY]) {
    const { thread } = await ann.mutate<{ thread: Thread }>("thread.start", { people: [phone], maker: `start-overview-${phone.slice(1)}` });
    await ann.mutate("message.send", { threadId: thread.id, text: "Hello", clientId: `client-overview-${phone.slice(1)}` });
  }
  // That it was heard is answered by SMS, which counts as sent and costs as much.
  await twilio.write(`${world.url}/api/sms/works/message`, { from: NORA, to: OURS, text: "STOP" });
  await expect
    .poll(async () => figures(await read(world), "works"), { timeout: 20_000 })
    .toMatchObject({ sent: 2, delivered: 1, failed: 1, received: 1, "cost-USD": 0.0158 });
  const overview = await read(world);
  expect(overview.words).toBe("Text messages go out by the carriers that work.");
  expect(overview.carriers).toMatchObject([
    { name: "works", protocol: "HTTP", state: "ok", binds: [], failures: [{ reason: "address-unknown", count: 1 }] },
    {
      ...{ name: "away", protocol: "SMPP", state: "broken", words: expect.stringMatching(/^away is not connected/) },
      binds: ["Outgoing", "Incoming"].map((name) => ({
        name,
        state: "broken",
        since: expect.any(Number),
        ended: { at: expect.any(Number), words: expect.stringContaining("ECONNREFUSED") },
      })),
    },
  ]);
  const metrics = await (await fetch(`${world.url}/metrics`)).text();
  for (const line of [
    'sms_texts_total{carrier="works",outcome="sent"} 2',
    'sms_failures_total{carrier="works",reason="address-unknown"} 1',
    'sms_carrier_up{carrier="away"} 0',
  ])
    expect(metrics).toContain(`braid_${line}\n`);
});
