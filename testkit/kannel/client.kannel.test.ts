import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { DemoTexts } from "@/server/bridges/sms/simulator/demo-texts";
import { DemoNetwork } from "@/server/bridges/sms/simulator/phones";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { SMS_TABLES } from "@/server/bridges/sms/tables";
import { realTimers } from "@/server/platform/timers";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { freePort } from "../../e2e/braid";
import { seededRandom } from "../random";
import { endWithUs, until } from "./box";
import { CLIENT, KannelClient, PENDING } from "./client";

const [OURS, NORA] = ["+12025550101", "+12025550143"];
const WITHIN = 120_000;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const parts = { clock: Date.now, timers: realTimers, random: seededRandom(3) };
async function client(port: number): Promise<KannelClient> {
  const kannel = await KannelClient.start(port);
  closing.push(() => kannel.close());
  return kannel;
}

const TEXTS = [
  ["plain text", "The path is open again: 5 [or] so", 1],
  ["an emoji", "Дорога открыта 😀 道", 1],
  ["five parts of plain text", "The path is open again, and we walk it at nine. ".repeat(14).trim(), 5],
  ["five parts with emoji", "Мы идём по дороге 😀. ".repeat(14).trim(), 5],
] as const;

test("the phones of the demo and Kannel: texts of every kind both ways, and receipts of either outcome", async () => {
  const texts = new DemoTexts(new MemoryStore({ schemas: SMS_TABLES, clock: Date.now }));
  const mint = new IdMinter(Date.now, seededRandom(4));
  const demo = await DemoNetwork.start({ ...parts, texts, mint, numbers: [OURS], phones: [{ number: NORA, name: "Nora" }], account: CLIENT });
  closing.push(() => demo.close());
  const kannel = await client(demo.port);
  for (const [kind, text, segments] of TEXTS) {
    expect(await kannel.send(OURS, NORA, text), kind).toBe(true);
    await until(`${kind} is on the phone`, async () => (await demo.texts(NORA)).at(-1)?.text === text);
    expect((await demo.texts(NORA)).at(-1), kind).toMatchObject({ direction: "to-phone", segments });
    await until(`the receipt of ${kind}`, () => kannel.receipts.get(text)?.includes(1));
    await demo.write({ phone: NORA, to: OURS, text });
    await until(`${kind} is with Kannel`, () => kannel.heard.at(-1)?.text === text);
  }
  expect(kannel.heard).toHaveLength(TEXTS.length);
  await demo.behave(NORA, { outcome: "undeliverable", delayMs: 0 });
  await kannel.send(OURS, NORA, "not today");
  await until("the receipt of a failure", () => kannel.receipts.get("not today")?.includes(2));
});

test("Kannel is throttled (ESME_RTHROTTLED), and everything arrives once", async () => {
  const smsc = await Smsc.start({ ...parts, accounts: { [CLIENT.systemId]: CLIENT.password }, behaviour: { perSecond: 30 } });
  closing.push(() => smsc.close());
  const kannel = await client(smsc.port);
  const texts = Array.from({ length: 60 }, (_, i) => `slow-${i}`);
  for (const text of texts) await kannel.send(OURS, NORA, text);
  await until("all have been taken", () => smsc.taken.length >= texts.length, WITHIN);
  expect(smsc.taken.map(({ fields }) => String(fields.short_message)).sort()).toEqual(texts.sort());
  expect(smsc.submitted.filter(({ status }) => status === 0x58).length).toBeGreaterThan(0);
});

test("the SMSC is killed, then Kannel: nothing is lost in either direction, and only what had no answer comes twice", async () => {
  const carrier = await MortalSmsc.start();
  const kannel = await client(carrier.port);
  const sent: string[] = [];
  const said: string[] = [];
  const load = async () => {
    for (let i = 0; i < 300; i++, await pause(25)) {
      carrier.text(`in-${i}`);
      said.push(`in-${i}`);
      if (await kannel.send(OURS, NORA, `out-${i}`)) sent.push(`out-${i}`);
    }
  };
  const kills = async () => {
    await pause(3_000);
    await carrier.kill();
    await carrier.up();
    await pause(4_000);
    await kannel.kill();
    await kannel.up();
  };
  await Promise.all([load(), kills()]);
  await until("Kannel's texts are all with the SMSC", () => sent.every((text) => carrier.taken().includes(text)), WITHIN);
  await until("those of phones are all with Kannel", () => said.every((text) => kannel.heard.some((one) => one.text === text)), WITHIN);
  const outTwice = carrier.taken().length - new Set(carrier.taken()).size;
  // Kannel's ids tell a second message from its own repeat of the first to its service.
  const inTwice = new Set(kannel.heard.map(({ id }) => id)).size - said.length;
  process.stdout.write(`${sent.length} out and ${said.length} in, none lost; ${outTwice} and ${inTwice} came twice, of ${PENDING} that may each time.\n`);
  expect(sent.length).toBeGreaterThan(200);
  expect(outTwice).toBeLessThanOrEqual(2 * PENDING);
  expect(inTwice).toBeLessThanOrEqual(2 * PENDING);
});

/** The simulated SMSC in a process of its own, which may die. As a carrier does it keeps texts of phones until they are acknowledged. */
class MortalSmsc {
  readonly #owed = new Set<string>();
  #child?: ChildProcess;
  #serves = false;

  private constructor(
    readonly port: number,
    private readonly file: string,
  ) {}

  static async start(): Promise<MortalSmsc> {
    const dir = mkdtempSync(join(tmpdir(), "braid-smsc-"));
    writeFileSync(join(dir, "taken"), "");
    const smsc = new MortalSmsc(await freePort(), join(dir, "taken"));
    closing.push(async () => {
      await smsc.kill();
      rmSync(dir, { recursive: true, force: true });
    });
    await smsc.up();
    return smsc;
  }

  async up(): Promise<void> {
    const child = spawn(process.execPath, ["--import", "tsx", "testkit/kannel/smsc-process.ts", String(this.port), this.file], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    endWithUs(child);
    child.stdin.on("error", () => {});
    createInterface({ input: child.stdout }).on("line", (line) => (line === "serves" ? this.#served(child) : this.#owed.delete(line)));
    await until("the SMSC serves", () => this.#serves, WITHIN);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#serves = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  text(text: string): void {
    this.#owed.add(text);
    if (this.#serves) this.#child?.stdin?.write(`${text}\n`);
  }

  taken(): string[] {
    return readFileSync(this.file, "latin1").split("\n").slice(0, -1);
  }

  #served(child: ChildProcess): void {
    [this.#child, this.#serves] = [child, true];
    for (const text of this.#owed) child.stdin?.write(`${text}\n`);
  }
}
