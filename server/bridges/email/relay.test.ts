import { createServer, type Server, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { encodeId } from "@/domain/id";
import { Refused } from "@/server/delivery/outside-step";
import { composeMail } from "./outgoing";
import { SmtpRelay, type SmtpRelayOptions } from "./relay";

const MAIL = composeMail({
  message: { id: encodeId(Buffer.alloc(16, 1)), threadId: encodeId(Buffer.alloc(16, 2)), at: 1_800_000_000_000, text: "Hello\n.\nFrom dots" },
  domain: "braid.test",
  from: { handle: "ann", name: "Ann" },
  to: "eve@example.com",
  people: [],
  chain: { references: ["m@x"], subject: "Hi" },
  title: "",
});

let cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.reverse()) await clean();
  cleanUp = [];
});

function relayTo(port: number, options: Partial<SmtpRelayOptions> = {}): SmtpRelay {
  const relay = new SmtpRelay({ url: `smtp://127.0.0.1:${port}`, hostname: "braid.test", ...options });
  cleanUp.push(() => relay.close());
  return relay;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A real server that takes what it is sent. */
async function server(options: Partial<SMTPServerOptions> = {}) {
  const mails: { from: string; to: string[]; raw: string }[] = [];
  const made = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 50,
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done(null, "taken");
      });
    },
    ...options,
  });
  cleanUp.push(() => new Promise<void>((resolve) => made.close(resolve)));
  made.on("error", () => {});
  const sockets = new Set<Socket>();
  made.server.on("connection", (socket) => sockets.add(socket));
  return { mails, sockets, port: await listening(made.server) };
}

/** A server of a few lines that answers as it is told; `undefined` hangs up, "" says nothing. */
async function script(answer: (command: string) => string | undefined): Promise<number> {
  const made = createServer((socket: Socket) => {
    let inData = false;
    socket.on("error", () => {});
    const say = (command: string): void => {
      const line = answer(command);
      if (line === undefined) socket.destroy();
      else if (line !== "") socket.write(`${line}\r\n`);
      inData = line?.startsWith("354") ?? false;
    };
    say("connect");
    socket.on("data", (data) => {
      const text = data.toString();
      if (!inData) for (const line of text.split("\r\n").filter(Boolean)) say(line.slice(0, 4).trim());
      else if (text.endsWith("\r\n.\r\n")) say(".");
    });
  });
  cleanUp.push(() => new Promise<void>((resolve) => made.close(() => resolve())));
  return listening(made);
}

const OK: Readonly<Record<string, string>> = {
  connect: "220 hi",
  EHLO: "250 hi",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go",
  ".": "250 ok",
  RSET: "250 ok",
  QUIT: "221 bye",
};
const failure = async (relay: SmtpRelay) => {
  const error = await relay.send(MAIL).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`);
  return { permanent: error.permanent, code: error.code, detail: error.detail };
};

describe("a mail", () => {
  test("arrives with its envelope, headers and text", async () => {
    const { mails, port } = await server();
    expect((await relayTo(port).send(MAIL)).detail).toMatch(/^250.*taken/);
    expect(mails).toMatchObject([{ from: "ann@braid.test", to: ["eve@example.com"] }]);
    expect(mails[0]?.raw).toContain(`<${MAIL.messageId}>`);
    expect(mails[0]?.raw).toContain("In-Reply-To: <m@x>");
    expect(mails[0]?.raw).toMatch(/Hello\r\n\.\r\nFrom dots/);
  });

  test("goes over a few connections only", async () => {
    let [open, most] = [0, 0];
    const { mails, port } = await server({
      onConnect: (_session, done) => {
        most = Math.max(most, ++open);
        done();
      },
      onClose: () => {
        open--;
      },
    });
    const relay = relayTo(port, { connections: 2 });
    await Promise.all(Array.from({ length: 12 }, () => relay.send(MAIL)));
    expect([mails.length, most]).toEqual([12, 2]);
  });

  test("is not sent twice when a kept connection was closed meanwhile", async () => {
    const { mails, port, sockets } = await server();
    const relay = relayTo(port);
    await relay.send(MAIL);
    for (const socket of sockets) socket.destroy();
    await relay.send(MAIL);
    expect(mails).toHaveLength(2);
  });

  test("with a password in the address", async () => {
    const { mails, port } = await server({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => (password === "p@ss" ? done(null, { user: username }) : done(new Error("no"))),
    });
    const relay = relayTo(port, { url: `smtp://ann:p%40ss@127.0.0.1:${port}` });
    await relay.send(MAIL);
    expect(mails).toHaveLength(1);
    expect(relay.describe()).toBe(`SMTP relay 127.0.0.1:${port}`);
    expect(await failure(relayTo(port, { url: `smtp://ann:wrong@127.0.0.1:${port}` }))).toMatchObject({ permanent: false, code: "relay-login" });
  });
});

describe("what the other side says", () => {
  test.each([
    ["RCPT", "550 5.1.1 User unknown", true, "address-unknown"],
    ["RCPT", "550 No such user here", true, "address-unknown"],
    ["RCPT", "550 5.1.2 Bad destination system", true, "address-unknown"],
    ["RCPT", "551 User not local", true, "address-unknown"],
    ["RCPT", "553 Mailbox name not allowed", true, "address-unknown"],
    ["RCPT", "550 5.7.1 Relaying denied", true, "refused"],
    ["RCPT", "550 Blocked, see https://example.com", true, "refused"],
    ["RCPT", "552 5.2.2 Mailbox full", true, "mailbox-full"],
    ["RCPT", "452 4.2.2 Mailbox full", false, "mailbox-full"],
    ["RCPT", "450 4.2.0 Greylisted", false, "relay-busy"],
    ["RCPT", "451 4.7.1 Try again later", false, "relay-busy"],
    ["MAIL", "550 5.7.1 Sender rejected", true, "refused"],
    ["MAIL", "552 5.3.4 Too big", true, "too-large"],
    ["DATA", "554 5.5.1 No valid recipients", true, "refused"],
    [".", "554 5.7.1 Spam", true, "refused"],
    [".", "452 4.3.1 Disk full", false, "relay-busy"],
    [".", "503 5.5.1 Bad sequence", false, "relay-busy"],
    ["EHLO", "421 4.3.2 Shutting down", false, "relay-busy"],
    ["connect", "421 Too busy", false, "relay-busy"],
    ["connect", "554 No service", true, "refused"],
  ])("%s: %s", async (at, line, permanent, code) => {
    const port = await script((command) => (command === at || (at === "EHLO" && command === "HELO") ? line : OK[command]));
    const refused = await failure(relayTo(port));
    expect(refused).toMatchObject({ permanent, code });
    expect(refused.detail).toContain(line.slice(0, 20));
  });

  test("is shortened and cleaned", async () => {
    const port = await script((command) => (command === "RCPT" ? `550-5.1.1 ${"x".repeat(600)}\r\n550 5.1.1 \x1b[31m${"y".repeat(600)}` : OK[command]));
    const { detail } = await failure(relayTo(port));
    expect(detail.length).toBeLessThanOrEqual(300);
    expect(detail).not.toMatch(/\p{Cc}/u);
  });
});

describe("what the network does", () => {
  test("nobody listens", async () => {
    const { port } = await server();
    await cleanUp.pop()?.();
    expect(await failure(relayTo(port))).toMatchObject({ permanent: false, code: "relay-unreachable" });
  });

  test("no such host", async () => {
    expect(await failure(relayTo(25, { url: "smtp://relay.invalid:25" }))).toMatchObject({ permanent: false, code: "relay-unreachable" });
  });

  test.each([
    ["connect", "relay-unreachable"],
    ["EHLO", "relay-unreachable"],
    ["MAIL", "connection-lost"],
    ["DATA", "connection-lost"],
    [".", "connection-lost"],
  ])("the line is cut at %s: %s", async (at, code) => {
    const port = await script((command) => (command === at ? undefined : OK[command]));
    expect(await failure(relayTo(port))).toMatchObject({ permanent: false, code });
  });

  test("a relay that says nothing", async () => {
    const silent = await script(() => "");
    expect(await failure(relayTo(silent, { connectMs: 100 }))).toMatchObject({ permanent: false, code: "relay-unreachable" });
    const swallowing = await script((command) => (command === "." ? "" : OK[command]));
    expect(await failure(relayTo(swallowing, { mailMs: 200 }))).toMatchObject({ permanent: false, code: "connection-lost" });
  });
});
