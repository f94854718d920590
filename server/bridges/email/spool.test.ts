import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { WorkerPool } from "@/server/content/worker-pool";
import { HaystackStore } from "@/storage/blobs/drivers/haystack";
import type { Row } from "@/storage/wide-column/contract";
import { FaultPlan, MemoryStore } from "@/storage/wide-column/drivers/memory";
import { ManualClock } from "@/testkit/clock";
import { seededRandom } from "@/testkit/random";
import { type MailEvents, QUIET_MAIL_EVENTS } from "./events";
import type { InboundMail } from "./inbound";
import type { MailTasks } from "./mail-tasks";
import { messageIdOf } from "./message-id";
import { bundleParseWorker } from "./parse-worker-bundle";
import { type Arrival, MailSpool } from "./spool";
import { EMAIL_TABLES, RECORD, SPOOL } from "./tables";

let pool: WorkerPool<MailTasks>;
let entry: URL;
beforeAll(async () => {
  entry = await bundleParseWorker();
  pool = new WorkerPool<MailTasks>({ entry });
});
afterAll(async () => {
  await pool.close();
  await rm(new URL(".", entry), { recursive: true });
});

let dir: string;
let blobs: HaystackStore;
let store: MemoryStore;
let faults: FaultPlan;
let time: ManualClock;
let ids: IdMinter;
let got: InboundMail[];
let deferred: number[];
let troubles: string[];
let receive: (mail: InboundMail) => Promise<void>;
let spool: MailSpool;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "braid-spool-"));
  time = new ManualClock();
  const random = seededRandom(1);
  blobs = await HaystackStore.open({ dir, clock: time.clock, random });
  faults = new FaultPlan();
  store = new MemoryStore({ schemas: EMAIL_TABLES, clock: time.clock, faults });
  ids = new IdMinter(time.clock, random);
  [got, deferred, troubles] = [[], [], []];
  receive = async () => {};
  spool = newSpool();
});
afterEach(async () => {
  await spool.stop();
  await blobs.close();
  await rm(dir, { recursive: true });
});

const events: MailEvents = {
  ...QUIET_MAIL_EVENTS,
  mailDeferred: ({ retryInMs }) => deferred.push(retryInMs),
  mailTrouble: ({ what }) => troubles.push(what),
};

const newSpool = (concurrency = 4): MailSpool =>
  new MailSpool({
    store,
    blobs,
    pool,
    ids,
    clock: time.clock,
    timers: time,
    events,
    domain: "braid.test",
    concurrency,
    receive: async (mail) => {
      await receive(mail);
      got.push(mail);
    },
  });

const arrival = (raw: string, from = "eve@example.com", to = [{ address: "bob@braid.test", userId: "bob" }]): Arrival => ({
  raw: Buffer.from(raw.replace(/\r?\n/g, "\r\n")),
  envelope: { from, to },
  ip: "192.0.2.1",
  helo: "client.test",
});
async function spooled(): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of store.scan(SPOOL.name)) found.push(row);
  return found;
}
const rows = async (): Promise<number> => (await spooled()).length;

const MAIL = "From: Eve <eve@example.com>\nTo: bob@braid.test\nSubject: Hi\nMessage-ID: <m1@example.com>\n\nhello";

describe("a mail that was accepted", () => {
  test("is read, handed over once and forgotten; its bytes are kept", async () => {
    spool.start();
    const id = await spool.accept(arrival(MAIL));
    await spool.idle();
    expect(got).toEqual([
      {
        id,
        maker: expect.stringMatching(/^mail:[0-9a-f]{64}$/),
        at: time.now,
        from: { address: "eve@example.com", name: "Eve" },
        recipients: ["bob"],
        to: [{ address: "bob@braid.test" }],
        cc: [],
        text: "hello",
        bulk: false,
        answers: [],
        mail: {
          messageId: "m1@example.com",
          subject: "Hi",
          fromAddress: "eve@example.com",
          fromName: "Eve",
          to: ["bob@braid.test"],
          raw: expect.any(String),
          bytes: arrival(MAIL).raw.length,
          sender: "unproven",
        },
      },
    ]);
    expect((await blobs.get(got[0]?.mail.raw ?? "")).equals(arrival(MAIL).raw)).toBe(true);
    expect(await rows()).toBe(0);
  });

  test("waits for the spool to start, and survives its end", async () => {
    const id = await spool.accept(arrival(MAIL));
    await spool.idle();
    expect(got).toEqual([]);
    const next = newSpool();
    next.start();
    await next.idle();
    expect(got.map((mail) => mail.id)).toEqual([id]);
    expect(await rows()).toBe(0);
  });

  test("is tried again with growing pauses until it is taken, the same each time", async () => {
    let fails = 3;
    const tries: InboundMail[] = [];
    receive = async (mail) => {
      tries.push(mail);
      if (fails-- > 0) throw new Error("mailbox down");
    };
    spool.start();
    await spool.accept(arrival(MAIL));
    for (let i = 0; i < 4; i++) {
      await spool.idle();
      expect(await rows()).toBe(i < 3 ? 1 : 0);
      time.advance(deferred.at(-1) ?? 0);
    }
    expect(deferred).toEqual([1_000, 2_000, 4_000]);
    expect(tries).toHaveLength(4);
    expect(new Set(tries.map(({ id, maker, at }) => `${id} ${maker} ${at}`)).size).toBe(1);
  });

  test("does not hold up others when it fails", async () => {
    receive = async ({ text }) => {
      if (text === "poison") throw new Error("no");
    };
    spool.start();
    for (const text of ["poison", "a", "poison", "b", "poison", "poison", "poison", "c"]) await spool.accept(arrival(`From: eve@example.com\n\n${text}`));
    await spool.idle();
    expect(got.map(({ text }) => text).sort()).toEqual(["a", "b", "c"]);
    expect(await rows()).toBe(5);
  });

  test("is one of a few at once", async () => {
    let [running, most] = [0, 0];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    receive = async () => {
      most = Math.max(most, ++running);
      if (running === 3) open();
      await gate;
      running--;
    };
    spool = newSpool(3);
    for (let i = 0; i < 20; i++) await spool.accept(arrival(MAIL));
    spool.start();
    await spool.idle();
    expect([got.length, most]).toEqual([20, 3]);
  });
});

describe("what is known of it", () => {
  const read = async (raw: string, from?: string, to?: Arrival["envelope"]["to"]): Promise<InboundMail> => {
    spool.start();
    await spool.accept(arrival(raw, from, to));
    await spool.idle();
    return got.at(-1) as InboundMail;
  };

  test("one person under two addresses gets one mail", async () => {
    const to = ["bob@braid.test", "robert@braid.test"].map((address) => ({ address, userId: "bob" }));
    expect((await read(MAIL, "eve@example.com", to)).recipients).toEqual(["bob"]);
  });

  test("without an author the envelope tells, and without that nobody", async () => {
    expect((await read("To: x@y\n\nz", "Eve@Example.com")).from).toEqual({ address: "eve@example.com" });
    expect((await read("To: x@y\n\nz", "")).from).toEqual({ address: "unknown-sender@invalid" });
  });

  test("a bounce is bulk whatever its headers say", async () => {
    expect((await read(MAIL, "")).bulk).toBe(true);
    expect((await read(MAIL)).bulk).toBe(false);
  });

  test("conversations of ours that it answers, the nearest first", async () => {
    const [m1, t1, m2, t2] = [ids.next(), ids.next(), ids.next(), ids.next()];
    const [first, second] = [messageIdOf(m1, t1, "braid.test"), messageIdOf(m2, t2, "braid.test")];
    const foreign = messageIdOf(m1, t1, "other.test");
    expect((await read(`References: <${first}> <${foreign}> <${second}>\nIn-Reply-To: <${second.toUpperCase()}>\n\nx`)).answers).toEqual([t2, t1]);
  });
});

describe("what cannot be read is shown as such", () => {
  const quarantined = async (raw: string): Promise<InboundMail> => {
    spool.start();
    await spool.accept(arrival(raw));
    await spool.idle();
    expect(await rows()).toBe(0);
    return got[0] as InboundMail;
  };

  test("too many parts: who and what about are still known", async () => {
    const parts = "--x\n\nhi\n".repeat(10_000);
    expect(await quarantined(`From: Eve <eve@example.com>\nSubject: Many\nContent-Type: multipart/mixed; boundary=x\n\n${parts}`)).toMatchObject({
      from: { address: "eve@example.com", name: "Eve" },
      recipients: ["bob"],
      text: "",
      mail: { subject: "Many", quarantined: "too-many-parts", raw: expect.any(String) },
    });
  });

  test("too deep", async () => {
    const nest = Array.from({ length: 60 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join("");
    expect((await quarantined(`From: eve@example.com\n${nest}`)).mail.quarantined).toBe("too-deep");
  });

  test("a million lines: the worker is killed over its time or its memory", async () => {
    const mail = await quarantined(`From: eve@example.com\nSubject: Lines\n\n${"\n".repeat(1_500_000)}`);
    expect(mail).toMatchObject({
      from: { address: "eve@example.com" },
      text: "",
      mail: { subject: "Lines", quarantined: expect.stringMatching(/^too-(?:slow|much-memory)$/) },
    });
  });

  test("gone from the blob store", async () => {
    await spool.accept(arrival(MAIL));
    const [row] = await spooled();
    await blobs.delete(JSON.parse(String(row?.families.mail?.[0]?.value)).raw);
    spool.start();
    await spool.idle();
    expect(got).toMatchObject([{ from: { address: "eve@example.com" }, recipients: ["bob"], text: "", mail: { quarantined: "raw-lost" } }]);
  });

  test("a damaged row stays where it is, and somebody is told", async () => {
    await store.mutateRow(SPOOL.name, Buffer.from(ids.next()), [{ kind: "put", ...RECORD, value: Buffer.from("{}") }]);
    await spool.accept(arrival(MAIL));
    spool.start();
    await spool.idle();
    expect([got.length, troubles, await rows()]).toEqual([1, ["spool-row-damaged"], 1]);
  });

  test("without a worker everything waits", async () => {
    const broken = new WorkerPool<MailTasks>({ entry: new URL("file:///nowhere.mjs") });
    const other = new MailSpool({
      store,
      blobs,
      pool: broken,
      ids,
      clock: time.clock,
      timers: time,
      events,
      domain: "braid.test",
      receive: async (mail) => void got.push(mail),
    });
    other.start();
    await other.accept(arrival(MAIL));
    await other.idle();
    expect([got.length, await rows(), deferred]).toEqual([0, 1, [1_000]]);
    await other.stop();
    await broken.close();
  });
});

describe("a store that fails while a mail is accepted", () => {
  test.each([
    ["unavailable", "rejected", 0, 0],
    ["full", "rejected", 0, 0],
    ["unknown-applied", "fulfilled", 1, 1],
    ["unknown-not-applied", "rejected", 0, 1],
  ] as const)("%s: %s, %d rows, %d blobs", async (fault, status, left, bytes) => {
    faults.add(fault);
    const [result] = await Promise.allSettled([spool.accept(arrival(MAIL))]);
    expect([result.status, await rows(), blobs.stats().blobs]).toEqual([status, left, bytes]);
  });
});

test("a backlog that cannot be read is read later", async () => {
  await spool.accept(arrival(MAIL));
  const broken = newSpool();
  const scan = store.scan.bind(store);
  store.scan = () => {
    store.scan = scan;
    throw new Error("no scan today");
  };
  broken.start();
  await broken.idle();
  expect([got.length, troubles]).toEqual([0, ["spool-unread"]]);
  time.advance(1_000);
  await broken.idle();
  expect(got).toHaveLength(1);
  await broken.stop();
});
