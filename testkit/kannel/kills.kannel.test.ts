import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SMS } from "@/server/bridges/sms/tables";
import { TABLES } from "@/server/tables";
import { EmbeddedStore } from "@/storage/wide-column/drivers/embedded";
import { type Braid, freePort, startBraid } from "../../e2e/braid";
import { until } from "./box";
import { ACCOUNT, carrierAt, KannelCarrier } from "./carrier";
import { SmsLoad } from "./sms-load";

const MESSAGES = 300;
/** submit_sm without an answer at once: what may come twice for each time that a connection dies. */
const WINDOW = 50;
const WITHIN = 150_000;

let kannel: KannelCarrier;
let dir: string;
let start: () => Promise<Braid>;
let braid: Braid;
let load: SmsLoad;
beforeAll(async () => {
  kannel = await KannelCarrier.start();
  dir = mkdtempSync(join(tmpdir(), "braid-kannel-data-"));
  const carriers = join(dir, "carriers.json");
  const { name, numbers } = carrierAt(kannel.port);
  const url = `smpp://${ACCOUNT.systemId}:${ACCOUNT.password}@127.0.0.1:${kannel.port}`;
  writeFileSync(carriers, JSON.stringify([{ name, url, numbers, prices: { "+": 0.0075 }, window: WINDOW }]));
  const [port, smtpPort] = [await freePort(), await freePort()];
  start = () => startBraid({ dir, port, smtpPort, env: { SMS_CARRIERS: carriers, BRAID_STORE: "" } });
  braid = await start();
  load = await SmsLoad.begin(kannel, braid.url);
});
afterAll(async () => {
  load?.close();
  await braid?.stop("SIGKILL");
  await kannel?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const outIn = (text: string): string | undefined => /\S+-out-\d+$/.exec(text)?.[0];

/** Kannel's ids by text: as many as times Braid handed it over. */
function idsByText(): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { what, id, text } of kannel.logged()) {
    const out = what === "Sent SMS" ? outIn(text) : undefined;
    if (out !== undefined) ids.set(out, (ids.get(out) ?? new Set()).add(id));
  }
  return ids;
}

const twice = () => new Set([...idsByText()].filter(([, ids]) => ids.size > 1).map(([text]) => text));

/** Nothing lost in either direction, nothing from a phone there twice. */
async function settled(name: string) {
  const wanted = [...load.acknowledged].filter((text) => text.startsWith(name));
  const isThere = async () => {
    const { out } = await load.seen();
    const onPhones = new Set(kannel.phones.arrived.map(({ text }) => outIn(text)));
    return wanted.every((text) => onPhones.has(text) && ["sent", "delivered"].includes(out.get(text)?.state ?? ""));
  };
  await until(`all ${wanted.length} texts are on phones`, isThere, WITHIN);
  const taken = kannel.logged().flatMap(({ what, text }) => (what === "Receive SMS" && text.startsWith(`${name}-in-`) ? [text] : []));
  await until("all texts of phones are in conversations", async () => includesAll((await load.seen()).in, taken), WITHIN);
  const seen = await load.seen();
  const incoming = seen.in.filter((text) => text.startsWith(`${name}-in-`));
  expect(incoming.length, "a text of a phone is there twice").toBe(new Set(incoming).size);
  return { wanted, out: seen.out, incoming };
}

const includesAll = (all: readonly string[], some: readonly string[]): boolean => {
  const known = new Set(all);
  return some.every((one) => known.has(one));
};

const tell = (words: string): void => void process.stdout.write(`${words}\n`);

test("Kannel's SMPP server is killed, then its gateway: nothing is lost, and only what had no answer comes twice", async () => {
  await load.run("kannel", MESSAGES, async () => {
    await pause(2_500);
    await kannel.smppbox.stop("SIGKILL");
    await kannel.smppbox.start();
    await pause(4_000);
    await kannel.bearerbox.stop("SIGKILL");
    await pause(1_000); // what it said was delivered may still be on its way to the phones
    await kannel.phones.stop();
    await kannel.bearerbox.start();
    await kannel.phones.start();
  });
  const { wanted, out, incoming } = await settled("kannel");
  const doubles = twice();
  tell(`Kannel killed twice: ${wanted.length} out, ${incoming.length} in, none lost; ${doubles.size} came twice, of ${WINDOW} that may each time.`);
  expect([...doubles].filter((text) => (out.get(text)?.attempts ?? 0) < 2)).toEqual([]);
  expect(doubles.size).toBeLessThanOrEqual(2 * WINDOW);
});

test("Braid is killed twice: nothing is lost, and what Kannel's ids are known of never goes again", async () => {
  const before = twice().size;
  const [known, unknown] = [new Set<string>(), new Set<string>()];
  await load.run("braid", MESSAGES, async () => {
    for (let kill = 0; kill < 2; kill++) {
      await pause(3_000);
      await braid.stop("SIGKILL");
      const ids = await textsWithIds(dir);
      for (const text of load.written) (ids.has(text) ? known : unknown).add(text);
      braid = await start();
    }
  });
  const { wanted, incoming } = await settled("braid");
  const doubles = twice();
  const came = `${doubles.size - before} came twice, of ${WINDOW} that may each time and none of the ${known.size} of which ids were known`;
  tell(`Braid killed twice: ${wanted.length} out, ${incoming.length} in, none lost; ${came}.`);
  expect(known.size).toBeGreaterThan(MESSAGES / 20);
  expect([...doubles].filter((text) => text.startsWith("braid-") && !unknown.has(text))).toEqual([]);
  expect(doubles.size - before).toBeLessThanOrEqual(2 * WINDOW);
});

/** What the dead Braid knew to be with the carrier, from its own store. */
async function textsWithIds(data: string): Promise<ReadonlySet<string>> {
  const store = await EmbeddedStore.open({ dir: join(data, "mailboxes"), schemas: TABLES, clock: Date.now, onFatal: () => {} });
  const texts = new Set<string>();
  for await (const { families } of store.scan(SMS.name, { from: Buffer.from("o:"), to: Buffer.from("o;"), families: ["out"] })) {
    const cells = new Map((families.out ?? []).map(({ qualifier, value }) => [qualifier.toString(), JSON.parse(value.toString()) as unknown]));
    const text = outIn((cells.get("plan") as { text?: string } | undefined)?.text ?? "");
    if (text !== undefined && cells.has("i0")) texts.add(text);
  }
  await store.close();
  return texts;
}
