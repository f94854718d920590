import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import nodemailer from "nodemailer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BlobError } from "@/storage/blobs/contract";
import { StoreError } from "@/storage/wide-column/contract";
import { ManualClock } from "@/testkit/clock";
import { SmtpClient } from "@/testkit/smtp-client";
import { SmtpDoor } from "./door";
import type { DoorLimits } from "./door/limits";
import { type MailEvents, QUIET_MAIL_EVENTS } from "./events";
import type { Arrival } from "./spool";

const ID = "01hzy0000000000000000000aa";
const MiB = 2 ** 20;

let door: SmtpDoor;
let port: number;
let time: ManualClock;
let arrivals: Arrival[];
let refused: string[];
let store: (arrival: Arrival) => Promise<void>;
let clients: SmtpClient[];

async function open(limits: Partial<DoorLimits> = {}, events: Partial<MailEvents> = {}): Promise<void> {
  const people = new Map([
    ["bob@braid.test", "bob"],
    ["ann@braid.test", "ann"],
    ["postmaster@braid.test", "admin"],
    ["abuse@braid.test", "admin bob"],
  ]);
  for (let i = 0; i < 200; i++) people.set(`p${i}@braid.test`, `p${i}`);
  door = new SmtpDoor({
    recipients: {
      resolve: async (address) => {
        if (address.startsWith("broken")) throw new Error("directory down");
        return people.get(address)?.split(" ") ?? [];
      },
    },
    spool: {
      accept: async (arrival) => {
        await store(arrival);
        arrivals.push(arrival);
        return ID;
      },
    },
    events: { ...QUIET_MAIL_EVENTS, mailRefused: ({ reply }) => refused.push(reply), ...events },
    domain: "braid.test",
    limits: { closeMs: 100, ...limits },
    timers: time,
  });
  ({ port } = await door.listen(0, "127.0.0.1"));
}

beforeEach(() => {
  time = new ManualClock();
  arrivals = [];
  refused = [];
  clients = [];
  store = async () => {};
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await door.close();
});

async function client(): Promise<SmtpClient> {
  const made = await SmtpClient.to(port);
  clients.push(made);
  return made;
}

/** A client that is past the greeting. */
async function greeted(): Promise<SmtpClient> {
  const made = await client();
  expect(await made.reply()).toBe("220 braid.test ESMTP Braid");
  return made;
}

async function inData(): Promise<SmtpClient> {
  const made = await greeted();
  await made.data("eve@example.com", "bob@braid.test");
  return made;
}

describe("a mail", () => {
  test("is stored as it came and answered with its id", async () => {
    await open();
    const raw = "Subject: h\r\nX: \xe9\r\n\r\n.dot\r\n..\r\nlong line é\r\nbare\nfeed\r\n";
    const transport = nodemailer.createTransport({ host: "127.0.0.1", port, name: "client.test" });
    const { response } = await transport.sendMail({
      envelope: { from: "eve@example.com", to: ["Bob@Braid.test", "ann@braid.test"] },
      raw: Buffer.from(raw, "latin1"),
    });
    transport.close();
    expect(response).toBe(`250 2.6.0 Accepted as ${ID}`);
    expect(arrivals).toHaveLength(1);
    expect(arrivals[0]).toMatchObject({
      envelope: {
        from: "eve@example.com",
        to: [
          { address: "Bob@braid.test", userId: "bob" },
          { address: "ann@braid.test", userId: "ann" },
        ],
      },
      ip: "127.0.0.1",
      helo: "client.test",
    });
    // nodemailer makes CRLF of the bare line feed; nothing else differs.
    expect(arrivals[0]?.raw.toString("latin1")).toBe(raw.replace("bare\n", "bare\r\n"));
  });

  test.skipIf(!existsSync("/usr/bin/swaks"))("from swaks", async () => {
    await open();
    const { stdout } = await promisify(execFile)("swaks", [
      "--server",
      `127.0.0.1:${port}`,
      "--from",
      "eve@example.com",
      "--to",
      "bob@braid.test",
      "--body",
      "hi",
    ]);
    expect(stdout).toContain("250 2.6.0 Accepted as");
    expect(arrivals[0]?.raw.toString()).toMatch(/\r\n\r\nhi\r\n/);
  });

  test("of a client that half-closes is answered, however long storing takes", async () => {
    await open();
    let stored: (() => void) | undefined;
    store = () => new Promise<void>((resolve) => (stored = resolve));
    const exim = await inData();
    exim.socket.end("Subject: x\r\n\r\nhello\r\n.\r\n");
    await expect.poll(() => stored).toBeDefined();
    stored?.();
    expect(await exim.reply()).toBe(`250 2.6.0 Accepted as ${ID}`);
    await exim.closed;
  });

  test("and more commands after it, half-closed", async () => {
    await open();
    const exim = await inData();
    exim.socket.end("Subject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n");
    expect([await exim.reply(), await exim.reply()]).toEqual([`250 2.6.0 Accepted as ${ID}`, "221 2.0.0 Bye"]);
    await exim.closed;
  });

  test("that breaks off is none", async () => {
    await open();
    for (const leave of [(c: SmtpClient) => c.end(), (c: SmtpClient) => c.destroy()]) {
      const broken = await inData();
      await broken.write("Subject: x\r\n\r\nhello\r\n");
      leave(broken);
      await broken.closed;
    }
    expect(arrivals).toEqual([]);
  });

  test("cannot be ended by anything but CRLF dot CRLF", async () => {
    await open();
    const smuggler = await inData();
    await smuggler.write("a\n.\nMAIL FROM:<x@y>\r\n\n.\r\n\r.\r\nb\r\n.\r\n");
    expect(await smuggler.reply()).toMatch(/^250/);
    expect(arrivals[0]?.raw.toString()).toContain("MAIL FROM");
    expect(arrivals).toHaveLength(1);
  });
});

describe("what the door says of itself", () => {
  test("SIZE and PIPELINING, no AUTH, no STARTTLS", async () => {
    await open();
    const { ask } = bind(await greeted());
    expect((await ask("EHLO x")).split("\n").slice(1)).toEqual(["250-PIPELINING", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", `250 SIZE ${25 * MiB}`]);
    expect(await ask("AUTH PLAIN AGEAYg==")).toMatch(/^500/);
    expect(await ask("STARTTLS")).toMatch(/^500/);
    expect(await ask("SHELL")).toMatch(/^500/);
    expect(await ask("VRFY bob")).toMatch(/^252/);
  });
});

describe("recipients are judged at once", () => {
  test.each([
    ["nobody@braid.test", "550 5.1.1"],
    ["bob@elsewhere.test", "550 5.7.1"],
    ["bob@sub.braid.test", "550 5.7.1"],
    ["bob%elsewhere.test@braid.test", "550 5.1.1"],
    ["@elsewhere.test:bob@braid.test", "250 2.1.5"],
    ["BOB@BRAID.TEST", "250 2.1.5"],
    ["postmaster", "250 2.1.5"],
    ["b ob@braid.test", "501 5.1.3"],
    ['"a b"@braid.test', "501 5.1.3"],
    ["bob", "501 5.1.3"],
    ["", "501 5.1.3"],
    ["broken@braid.test", "451 4.3.0"],
    ["bob@[127.0.0.1]", "553 5.1.3"],
  ])("%s: %s", async (address, code) => {
    await open();
    const { ask } = bind(await greeted());
    await ask("EHLO x");
    await ask("MAIL FROM:<>");
    expect(await ask(`RCPT TO:<${address}>`)).toMatch(new RegExp(`^${code}`));
  });

  test("an address of several people reaches each of them", async () => {
    await open();
    const { ask } = bind(await greeted());
    for (const line of ["EHLO x", "MAIL FROM:<eve@example.com>", "RCPT TO:<abuse@braid.test>", "DATA"]) await ask(line);
    expect(await ask("Subject: x\r\n\r\nhello\r\n.")).toMatch(/^250/);
    expect(arrivals[0]?.envelope.to).toEqual(["admin", "bob"].map((userId) => ({ address: "abuse@braid.test", userId })));
  });

  test("a hundred at most", async () => {
    await open();
    const { ask } = bind(await greeted());
    await ask("EHLO x");
    await ask("MAIL FROM:<eve@example.com>");
    for (let i = 0; i < 100; i++) expect(await ask(`RCPT TO:<p${i}@braid.test>`)).toMatch(/^250/);
    expect(await ask("RCPT TO:<p100@braid.test>")).toMatch(/^452 4\.5\.3/);
  });

  test("who guesses is sent away", async () => {
    await open({ unknownRecipients: 3 });
    const guesser = await greeted();
    await guesser.ask("EHLO x");
    await guesser.ask("MAIL FROM:<eve@example.com>");
    const replies = [];
    for (let i = 0; i < 4; i++) replies.push((await guesser.ask(`RCPT TO:<guess${i}@braid.test>`)).slice(0, 9));
    expect(replies).toEqual(["550 5.1.1", "550 5.1.1", "550 5.1.1", "421 4.7.0"]);
    guesser.end();
    await guesser.closed;
  });
});

describe("too much", () => {
  test("announced: refused before it is sent", async () => {
    await open();
    const { ask } = bind(await greeted());
    await ask("EHLO x");
    expect(await ask(`MAIL FROM:<eve@example.com> SIZE=${50 * MiB}`)).toMatch(/^552 5\.3\.4/);
  });

  test("a mail of 50 MB is dropped as it comes and refused", async () => {
    await open();
    const big = await inData();
    await big.write("Subject: big\r\n\r\n");
    const line = Buffer.from(`${"x".repeat(998)}\r\n`.repeat(100));
    for (let sent = 0; sent < 50_000_000; sent += line.length) await big.write(line);
    await big.write("\r\n.\r\n");
    expect(await big.reply()).toMatch(/^552 5\.3\.4/);
    expect(arrivals).toEqual([]);
    expect(await big.ask("NOOP")).toMatch(/^250/);
  });

  test("headers of 300 KB", async () => {
    await open();
    const wide = await inData();
    await wide.write(`X: ${"y".repeat(300_000)}\r\n\r\nhello\r\n.\r\n`);
    expect(await wide.reply()).toMatch(/^552 5\.3\.4 The header block/);
    expect(arrivals).toEqual([]);
  });

  test("headers up to the limit, and bodies beyond it, are fine", async () => {
    await open();
    const fine = await inData();
    await fine.write(`X: ${"y".repeat(250_000)}\n\n${"body\n".repeat(100_000)}\r\n.\r\n`);
    expect(await fine.reply()).toMatch(/^250/);
  });

  test("more mails at once than there is memory for", async () => {
    await open({ bufferBytes: 100_000 });
    const one = await inData();
    await one.write(`X: y\r\n\r\n${"z".repeat(80_000)}`);
    const other = await inData();
    await other.write(`X: y\r\n\r\n${"z".repeat(80_000)}\r\n.\r\n`);
    expect(await other.reply()).toMatch(/^452 4\.3\.1/);
    await one.write("\r\n.\r\n");
    expect(await one.reply()).toMatch(/^250/);
    await other.data("eve@example.com", "bob@braid.test");
    await other.write(`X: y\r\n\r\n${"z".repeat(80_000)}\r\n.\r\n`);
    expect(await other.reply()).toMatch(/^250/);
  });

  test("lines of dots come through whole and cost what they weigh", async () => {
    await open();
    const dots = await inData();
    const heap = process.memoryUsage().heapUsed;
    await dots.write(`X: y\r\n\r\n${"..\r\n".repeat(100_000)}.\r\n`);
    expect(await dots.reply()).toMatch(/^250/);
    expect(arrivals[0]?.raw.toString()).toBe(`X: y\r\n\r\n${".\r\n".repeat(100_000)}`);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(100 * MiB);
  });

  test("a command without an end", async () => {
    await open();
    const endless = await greeted();
    endless.socket.write("x".repeat(5_000));
    expect(await endless.reply()).toMatch(/^421/);
  });

  test("connections from one address", async () => {
    await open({ connectionsPerIp: 2 });
    const first = await greeted();
    await greeted();
    const third = await client();
    expect(await third.reply()).toMatch(/^421 4\.7\.0/);
    expect(refused).toEqual(["421 4.7.0 Too many connections, try again later"]);
    await first.ask("QUIT");
    first.end();
    await first.closed;
    await expect.poll(async () => (await (await client()).reply()).slice(0, 3)).toBe("220");
  });
});

describe("slow", () => {
  test("a mail that never ends", async () => {
    await open({ dataMs: 60_000 });
    const slow = await inData();
    await slow.write("Subject: x\r\n\r\n");
    time.advance(59_999);
    await slow.write("y");
    time.advance(1);
    expect(await slow.reply()).toMatch(/^421 4\.4\.2/);
    expect(arrivals).toEqual([]);
  });

  test("a refused mail that never ends hears why, then the line is dead", async () => {
    await open({ messageBytes: 1_000, drainMs: 5_000 });
    const slow = await inData();
    await slow.write(`Subject: x\r\n\r\n${"y".repeat(5_000)}`);
    await expect.poll(() => time.advance(5_000) ?? refused.length).toBe(1);
    expect(await slow.reply()).toMatch(/^552 5\.3\.4/);
    slow.end();
    await slow.closed;
  });

  test("a session that never ends", async () => {
    await open({ sessionMs: 60_000 });
    const idler = await greeted();
    await idler.ask("EHLO x");
    idler.socket.write("NO");
    time.advance(60_000);
    expect(await idler.reply()).toMatch(/^421 4\.4\.2/);
    idler.end();
    await idler.closed;
  });

  test("silence", async () => {
    await open({ idleMs: 150 });
    const silent = await greeted();
    expect(await silent.reply()).toMatch(/^421/);
  });
});

describe("when storing fails the sender keeps the mail", () => {
  test.each([
    [new StoreError("unavailable", "no"), "451 4.3.0"],
    [new StoreError("unknown-outcome", "no"), "451 4.3.0"],
    [new StoreError("full", "no"), "452 4.3.1"],
    [new BlobError("full", "no"), "452 4.3.1"],
    [new Error("anything"), "451 4.3.0"],
  ])("%s: %s", async (error, code) => {
    const troubles: unknown[] = [];
    await open({}, { mailTrouble: (trouble) => troubles.push(trouble.error) });
    store = async () => {
      throw error;
    };
    const sender = await inData();
    await sender.write("X: y\r\n\r\nz\r\n.\r\n");
    expect((await sender.reply()).slice(0, 9)).toBe(code);
    expect(troubles).toEqual([error]);
    store = async () => {};
    await sender.data("eve@example.com", "bob@braid.test");
    await sender.write("X: y\r\n\r\nz\r\n.\r\n");
    expect(await sender.reply()).toMatch(/^250/);
  });
});

test("closing tells who waits, and lets a mail under way end", async () => {
  await open({ closeMs: 2_000 });
  const idle = await greeted();
  const sending = await inData();
  const closed = door.close();
  expect(await idle.reply()).toMatch(/^421 4\.3\.2/);
  idle.end();
  await sending.write("X: y\r\n\r\nz\r\n.\r\n");
  expect(await sending.reply()).toMatch(/^250/);
  sending.end();
  await closed;
  expect(arrivals).toHaveLength(1);
});

const bind = (of: SmtpClient) => ({ ask: (line: string) => of.ask(line) });
