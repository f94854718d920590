import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { encodeId } from "@/domain/id";
import type { MailPart, Message } from "@/domain/message";
import { mailChain } from "./chain";
import { messageIdOf, parseMessageId } from "./message-id";
import { type ComposeFacts, composeMail } from "./outgoing";
import { parseMail } from "./parse/parse-mail";
import { renderMail } from "./render";

const id = (n: number): string => encodeId(Buffer.alloc(16, n));
const THREAD = id(9);
const AT = Date.UTC(2024, 5, 3, 8, 30, 15);

const facts = (change: Partial<ComposeFacts> & { text?: string } = {}): ComposeFacts => ({
  message: { id: id(1), threadId: THREAD, at: AT, text: change.text ?? "Hello" },
  domain: "braid.test",
  from: { handle: "ann", name: "Ann Example" },
  to: "eve@example.com",
  people: [
    { address: "eve@example.com", name: "Eve" },
    { address: "ann@braid.test", name: "Ann Example" },
    { address: "bob@braid.test", name: "Bob" },
  ],
  chain: { references: [] },
  title: "Message from Ann Example, Bob",
  ...change,
});

const written = async (change?: Parameters<typeof facts>[0]) => {
  const raw = await renderMail(composeMail(facts(change)));
  return { raw: raw.toString("latin1"), mail: await parseMail(raw), email: await PostalMime.parse(raw) };
};

describe("the first mail of a conversation", () => {
  test("is from the person, to everybody else, with our id", async () => {
    const { mail, raw } = await written();
    expect(mail).toMatchObject({
      authors: [{ address: "ann@braid.test", name: "Ann Example" }],
      to: [
        { address: "eve@example.com", name: "Eve" },
        { address: "bob@braid.test", name: "Bob" },
      ],
      text: "Hello",
      bulk: false,
      mail: { messageId: `${id(1)}.${THREAD}@braid.test`, subject: "Message from Ann Example, Bob", date: AT },
    });
    expect(mail.mail.inReplyTo).toBeUndefined();
    expect(raw).toContain("Date: Mon, 03 Jun 2024 08:30:15 +0000");
    expect(raw).toContain("MIME-Version: 1.0");
  });

  test("is the same bytes each time", async () => {
    expect((await written()).raw).toBe((await written()).raw);
  });

  test("goes to whom it is for, even if they are not in the list", () => {
    expect(composeMail(facts({ to: "zoe@example.com" }))).toMatchObject({ envelope: { from: "ann@braid.test", to: "zoe@example.com" } });
    expect(composeMail(facts({ to: "zoe@example.com" })).to.map(({ address }) => address)).toContain("zoe@example.com");
  });
});

describe("text comes out as it went in", () => {
  test.each([
    ["lines of dots", ".\n..\n.hidden\n\n."],
    ["long lines", "x".repeat(5_000)],
    ["emoji and scripts", "😀 été 日本語 שלום é"],
    ["From at the beginning", "From here\n>From there"],
    ["spaces at the end", "a  \n\tb\t\nc"],
    ["equals signs", "a=b =3D =\n="],
    ["line ends of all kinds", "a\r\nb\rc\nd"],
    ["signature marks", "-- \nx"],
    ["nothing", ""],
  ])("%s", async (_, text) => {
    const { email, raw } = await written({ text });
    expect((email.text ?? "").replace(/\n$/, "")).toBe(text.replace(/\r\n?/g, "\n").replace(/\n$/, ""));
    expect(raw).not.toMatch(/[^\r]\n|\r[^\n]|[^\p{ASCII}]/u);
    for (const line of raw.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
  });
});

describe("headers hold what they are given and nothing more", () => {
  test.each(["Eve\r\nBcc: all@example.com", "\r\n\r\nbody", '"><script>', "Ann, Bob <x@y.z>", "=?utf-8?q?x?=", "日本 太郎", "a\u202eb", "x".repeat(500), ""])(
    "name %j",
    async (name) => {
      const { email, raw } = await written({
        from: { handle: "ann", name },
        people: [{ address: "eve@example.com", name }],
        title: name,
        chain: { references: [], subject: name },
      });
      expect(
        email.headers
          .map(({ key }) => key)
          .filter((key) => !/^content-|^mime-version$/.test(key))
          .sort(),
      ).toEqual(["date", "from", "message-id", "subject", "to"].filter((key) => key !== "subject" || name.trim() !== ""));
      expect(email.from?.address).toBe("ann@braid.test");
      expect(email.to).toHaveLength(1);
      expect(raw.split("\r\n\r\n")[1]?.trim()).toBe("Hello");
    },
  );

  test("whatever the names", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (name, subject) => {
        const { email } = await written({ from: { handle: "ann", name }, chain: { references: ["a@b"], subject } });
        expect(
          email.headers
            .filter(({ key }) => ["bcc", "cc", "from", "to", "message-id"].includes(key))
            .map(({ key }) => key)
            .sort(),
        ).toEqual(["from", "message-id", "to"]);
        expect([email.from?.address, email.inReplyTo]).toEqual(["ann@braid.test", "<a@b>"]);
      }),
      { numRuns: 100 },
    );
  });

  test("references that are none are left out", () => {
    expect(composeMail(facts({ chain: { references: ["a@b>\r\nBcc: x@y", "<a@b>", "c@d"] } })).references).toEqual(["c@d"]);
  });
});

describe("the subject", () => {
  test.each([
    [{ references: [] }, "Message from Ann Example, Bob"],
    [{ references: ["a@b"] }, "Re: Message from Ann Example, Bob"],
    [{ references: ["a@b"], subject: "Lunch" }, "Re: Lunch"],
    [{ references: ["a@b"], subject: "Re: Lunch" }, "Re: Lunch"],
    [{ references: ["a@b"], subject: "RE: AW: Re[2]: SV: 回复：Lunch" }, "Re: Lunch"],
    [{ references: ["a@b"], subject: "Fwd: Lunch" }, "Re: Fwd: Lunch"],
    [{ references: ["a@b"], subject: "Report: Re" }, "Re: Report: Re"],
    [{ references: ["a@b"], subject: "Re:" }, "Re: Message from Ann Example, Bob"],
  ])("%j", (chain, subject) => {
    expect(composeMail(facts({ chain })).subject).toBe(subject);
  });
});

describe("the chain", () => {
  const came = (n: number, mail: Partial<MailPart>): Message => ({
    id: id(n),
    threadId: THREAD,
    from: "mailto:eve@example.com",
    channel: "email",
    at: n,
    text: "",
    mail: { sender: "unproven", ...mail },
  });
  const went = (n: number, channel: "email" | "chat" = "email"): Message => ({
    id: id(n),
    threadId: THREAD,
    from: id(5),
    channel: "chat",
    at: n,
    text: "",
    delivery: { "mailto:eve@example.com": { state: "sent", channel, at: n } },
  });
  const ours = (n: number): string => messageIdOf(id(n), THREAD, "braid.test");
  const chain = (...messages: Message[]) => mailChain(messages, "braid.test");

  test.each([
    ["nothing", [], { references: [] }],
    ["only chat", [went(1, "chat")], { references: [] }],
    ["ours", [went(1), went(2)], { references: [ours(1), ours(2)] }],
    ["theirs", [came(1, { messageId: "a@x", references: ["r@x", "s@x"], subject: "S" })], { references: ["r@x", "s@x", "a@x"], subject: "S" }],
    ["theirs without References", [came(1, { messageId: "a@x", inReplyTo: "i@x" })], { references: ["i@x", "a@x"] }],
    [
      "both",
      [came(1, { messageId: "a@x", subject: "S" }), went(2), came(3, { messageId: "b@x", references: ["a@x", ours(2)] })],
      { references: ["a@x", ours(2), "b@x"], subject: "S" },
    ],
    [
      "a new subject of theirs begins anew",
      [came(1, { messageId: "a@x", subject: "S" }), came(2, { messageId: "b@x", subject: "T" }), went(3)],
      { references: ["b@x", ours(3)], subject: "T" },
    ],
    ["a mail without an id", [came(1, { messageId: "a@x" }), came(2, {})], { references: ["a@x"] }],
  ])("%s", (_, messages, expected) => {
    expect(chain(...(messages as Message[]))).toEqual(expected);
  });

  test("keeps the first and the last", () => {
    const { references } = chain(came(1, { messageId: "last@x", references: Array.from({ length: 60 }, (_, i) => `r${i}@x`) }));
    expect([references.length, references[0], references[1], references.at(-1)]).toEqual([20, "r0@x", "r42@x", "last@x"]);
  });
});

describe("our Message-ID", () => {
  test.each([(ours) => ours, (ours: string) => `<${ours}>`, (ours: string) => ours.toUpperCase(), (ours: string) => ` <${ours}> `] as ((
    ours: string,
  ) => string)[])("is known again (%#)", (change) => {
    expect(parseMessageId(change(messageIdOf(id(1), id(2), "braid.test")), "Braid.test")).toEqual({ messageId: id(1), threadId: id(2) });
  });

  test.each([
    "",
    "a@b",
    `${id(1)}@braid.test`,
    `${id(1)}.${id(2)}@other.test`,
    `${id(1)}.${id(2)}.x@braid.test`,
    `${id(1)}.${id(2)}@braid.test@braid.test`,
    `x.${id(2)}@braid.test`,
  ])("is not %j", (text) => {
    expect(parseMessageId(text, "braid.test")).toBeUndefined();
  });
});
