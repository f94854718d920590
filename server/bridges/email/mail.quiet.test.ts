import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeId, IdMinter } from "@/domain/id";
import { Originals } from "@/server/content/original";
import { WorkerPool } from "@/server/content/worker-pool";
import { HaystackStore } from "@/storage/blobs/drivers/haystack";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { ManualClock } from "@/testkit/clock";
import { seededRandom } from "@/testkit/random";
import { StallWatch } from "@/testkit/stalls";
import { CaptureTransport } from "./capture";
import { mailChain } from "./chain";
import { DevMail } from "./dev-mail";
import { SmtpDoor } from "./door";
import { QUIET_MAIL_EVENTS } from "./events";
import type { InboundMail } from "./inbound";
import type { MailTasks } from "./mail-tasks";
import { composeMail } from "./outgoing";
import { bundleParseWorker } from "./parse-worker-bundle";
import { MailSpool } from "./spool";
import { EMAIL_TABLES } from "./tables";

// The whole way of a mail with nothing replaced: real SMTP, real volumes, real worker threads.

let dir: string;
let blobs: HaystackStore;
let pool: WorkerPool<MailTasks>;
let spool: MailSpool;
let door: SmtpDoor;
let port: number;
let got: InboundMail[];
let capture: CaptureTransport;
let dev: DevMail;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "braid-mail-"));
  const time = new ManualClock();
  const ids = new IdMinter(time.clock, seededRandom(1));
  const store = new MemoryStore({ schemas: EMAIL_TABLES, clock: time.clock });
  blobs = await HaystackStore.open({ dir: join(dir, "blobs"), clock: time.clock, random: seededRandom(2) });
  pool = new WorkerPool<MailTasks>({ entry: await bundleParseWorker(dir) });
  got = [];
  const events = QUIET_MAIL_EVENTS;
  spool = new MailSpool({
    store,
    blobs,
    pool,
    ids,
    clock: time.clock,
    timers: time,
    events,
    domain: "braid.test",
    receive: async (mail) => void got.push(mail),
  });
  spool.start();
  const resolve = async (address: string) => (address === "ann@braid.test" ? ["ann"] : []);
  door = new SmtpDoor({ recipients: { resolve }, spool, events, domain: "braid.test", limits: { closeMs: 100 } });
  ({ port } = await door.listen(0, "127.0.0.1"));
  capture = new CaptureTransport({ store, ids, clock: time.clock });
  dev = new DevMail({ port, ids, clock: time.clock, captured: capture });
});
afterEach(async () => {
  await door.close();
  await spool.stop();
  await pool.close();
  await blobs.close();
  await rm(dir, { recursive: true });
});

const THREAD = encodeId(Buffer.alloc(16, 3));

test("a conversation with somebody outside comes back to itself", async () => {
  expect(
    (await dev.writeFromOutside({ from: "eve@example.com", name: "Eve 😀", to: "ann@braid.test", subject: "Lunch?", text: "At noon?\n.\n-- \nEve" })).answer,
  ).toMatch(/^250 2\.6\.0/);
  await spool.idle();
  const [first] = got;
  expect(first).toMatchObject({
    from: { address: "eve@example.com", name: "Eve 😀" },
    recipients: ["ann"],
    text: "At noon?\n.",
    bulk: false,
    answers: [],
    mail: { subject: "Lunch?", quote: "-- \nEve", sender: "unproven" },
  });

  const came = {
    id: first?.id ?? "",
    threadId: THREAD,
    from: "mailto:eve@example.com",
    channel: "email",
    at: 1,
    text: "",
    ...(first && { mail: first.mail }),
  } as const;
  const message = { id: encodeId(Buffer.alloc(16, 4)), threadId: THREAD, at: 1_800_000_000_000, text: "Yes!" };
  await capture.send(
    composeMail({
      message,
      domain: "braid.test",
      from: { handle: "ann", name: "Ann" },
      to: "eve@example.com",
      people: [],
      chain: mailChain([came], "braid.test"),
      title: "",
    }),
  );
  const [answer] = await capture.list(1);
  expect([answer?.subject, answer?.references]).toEqual(["Re: Lunch?", [first?.mail.messageId]]);

  await dev.writeFromOutside({
    from: "eve@example.com",
    to: "ann@braid.test",
    text: `See you\n\nOn 3 June 2024 Ann wrote:\n> Yes!`,
    inReplyTo: answer?.messageId ?? "",
  });
  await spool.idle();
  expect(got[1]).toMatchObject({
    text: "See you",
    answers: [THREAD],
    mail: {
      subject: "Re: Lunch?",
      inReplyTo: answer?.messageId,
      references: [first?.mail.messageId, answer?.messageId],
      quote: expect.stringContaining("> Yes!"),
    },
  });

  const original = await new Originals({ blobs, pool }).open(got[1]?.mail.raw ?? "");
  expect(original.headers.map(([name]) => name)).toContain("In-Reply-To");
  expect(original.text).toContain("> Yes!");
});

test.each([
  [{ to: "nobody@braid.test" }, "address/unknown"],
  [{ to: "ann@elsewhere.test" }, "address/unknown"],
  [{ text: "x".repeat(26 * 2 ** 20) }, "mail/too-large"],
])("what the door refuses is told to the newcomer (%#)", async (change, code) => {
  await expect(dev.writeFromOutside({ from: "eve@example.com", to: "ann@braid.test", text: "x", ...change })).rejects.toMatchObject({ code });
  expect(got).toEqual([]);
});

test("the watch sees a stall", () => {
  const watch = new StallWatch();
  for (const start = process.cpuUsage().user; process.cpuUsage().user - start < 200_000; );
  expect(watch.stop()).toBeGreaterThan(60);
});

test("no mail keeps the event loop for 50 ms", { retry: 2, timeout: 120_000 }, async () => {
  const head = "From: Eve <eve@example.com>\r\nTo: ann@braid.test\r\nSubject: s\r\n";
  const base64 = `${"A".repeat(76)}\r\n`.repeat(300_000);
  const mails = {
    "50 MB": `${head}\r\n${`${"x".repeat(998)}\r\n`.repeat(50_000)}`,
    "10,000 parts": `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n${"--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n".repeat(10_000)}--x--`,
    "header of 300 KB": `${head}X: ${"a@b.c, ".repeat(43_000)}\r\n\r\nhi`,
    "header of 250 KB": `${head}Cc: ${"a@b.c, ".repeat(36_000)}\r\n\r\nhi`,
    "24 MB that is fine": `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi\r\n--x\r\nContent-Type: image/png; name=x.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}--x--`,
    "a million lines": `${head}\r\n${"\r\n".repeat(1_000_000)}`,
    "HTML of depth": `${head}Content-Type: text/html\r\n\r\n${"<div>".repeat(200_000)}`,
  };
  const files = await Promise.all(
    Object.values(mails).map(async (raw, at) => {
      const file = join(dir, `${at}.eml`);
      await writeFile(file, raw);
      return file;
    }),
  );
  const watch = new StallWatch();
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL("../../../testkit/send-raw.mjs", import.meta.url)),
    String(port),
    "ann@braid.test",
    ...files,
  ]);
  await spool.idle();
  const longest = watch.stop();

  const replies = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).slice(0, 9));
  expect(replies).toEqual(["552 5.3.4", "250 2.6.0", "552 5.3.4", "250 2.6.0", "250 2.6.0", "250 2.6.0", "250 2.6.0"]);
  const arrived = got.map(({ text, mail }) => mail.quarantined ?? (text || "no text"));
  expect(arrived).toHaveLength(5);
  expect(arrived).toContain("too-many-parts");
  expect(arrived).toContain("hi");
  expect(got.every(({ recipients, from }) => recipients[0] === "ann" && from.address === "eve@example.com")).toBe(true);
  console.info(`longest stall ${longest.toFixed(1)} ms; ${arrived.join(", ")}`);
  expect(longest).toBeLessThan(50);
});
