import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_TEXT } from "@/domain/message";
import { parseHead, parseMail } from "./parse-mail";

const mail = (headers: string, body = "Hello"): Buffer => Buffer.from(`${headers.trim().replace(/\r?\n/g, "\r\n")}\r\n\r\n${body.replace(/\r?\n/g, "\r\n")}`);
const HEADERS = "From: Ann <ann@example.com>\nTo: bob@braid.test\nMessage-ID: <m1@example.com>\nDate: Mon, 3 Jun 2024 10:00:00 +0200\nSubject: Hi";
const read = (headers: string, body?: string) => parseMail(mail(headers, body));

describe("an ordinary mail", () => {
  test("is read", async () => {
    expect(
      await read(`${HEADERS}\nCc: Carl <CARL@Example.com>, Team: dora@example.com, eve@example.com;\nReferences: <a@x> <b@x>\nIn-Reply-To: <b@x>`),
    ).toMatchObject({
      authors: [{ address: "ann@example.com", name: "Ann" }],
      to: [{ address: "bob@braid.test" }],
      cc: [{ address: "carl@example.com", name: "Carl" }, { address: "dora@example.com" }, { address: "eve@example.com" }],
      text: "Hello",
      bulk: false,
      mail: {
        messageId: "m1@example.com",
        inReplyTo: "b@x",
        references: ["a@x", "b@x"],
        subject: "Hi",
        fromAddress: "ann@example.com",
        fromName: "Ann",
        to: ["bob@braid.test"],
        cc: ["carl@example.com", "dora@example.com", "eve@example.com"],
        date: Date.UTC(2024, 5, 3, 8),
      },
    });
  });

  test("alternatives: the text part is taken, HTML is known of", async () => {
    const body = "--b\nContent-Type: text/plain\n\nplain words\n--b\nContent-Type: text/html\n\n<p>html words</p>\n--b--";
    const { text, mail } = await read(`${HEADERS}\nContent-Type: multipart/alternative; boundary=b`, body);
    expect({ text, hasHtml: mail.hasHtml }).toEqual({ text: "plain words", hasHtml: true });
  });

  test("HTML alone becomes text, its quotation is folded", async () => {
    const html =
      "<div>Yes &amp; no</div><br><div class=gmail_quote><div>On Mon, Jun 3, 2024 at 10:00 Ann &lt;ann@example.com&gt; wrote:<br></div><blockquote>old</blockquote></div>";
    const { text, mail } = await read(`${HEADERS}\nContent-Type: text/html; charset=utf-8`, html);
    expect(text).toBe("Yes & no");
    expect(mail.quote).toBe("On Mon, Jun 3, 2024 at 10:00 Ann <ann@example.com> wrote:\n\n> old");
  });

  test("attachments are named and measured", async () => {
    const body = `--b\n\ntext\n--b\nContent-Type: application/pdf; name="=?utf-8?q?=C3=BC/..=2Fx.pdf?="\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nAAAA\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.z\n\nnested words\n--b--`;
    const { text, mail } = await read(`${HEADERS}\nContent-Type: multipart/mixed; boundary=b`, body);
    expect(text).toBe("text");
    expect(mail.attachments).toEqual([
      { name: "ü_.._x.pdf", type: "application/pdf", bytes: 3 },
      { name: "unnamed", type: "message/rfc822", bytes: expect.any(Number) },
    ]);
  });

  test.each([
    ["List-Id: <l.example.com>", true],
    ["List-Unsubscribe: <mailto:x@y>", true],
    ["Precedence: bulk", true],
    ["Auto-Submitted: auto-replied", true],
    ["Auto-Submitted: no", false],
    ["Content-Type: multipart/report; boundary=x", true],
    ["constructor: x", false],
  ])("%s: bulk %s", async (line, bulk) => {
    expect((await read(`${HEADERS}\n${line}`)).bulk).toBe(bulk);
  });
});

describe("whose it is and whether it came before", () => {
  test("several authors: the Sender goes first", async () => {
    const { authors } = await read("From: a@x.test, Bee <b@x.test>\nSender: b@x.test");
    expect(authors.map(({ address }) => address)).toEqual(["b@x.test", "a@x.test"]);
  });

  test.each(["", "From: \n", "From: nobody", "From: <>", "From: a b c@", "From: undisclosed-recipients:;"])("%j names nobody", async (from) => {
    expect((await read(`X: y\n${from}`)).authors).toEqual([]);
  });

  test("an international domain is written in ASCII", async () => {
    expect((await read("From: x@bücher.example")).authors).toEqual([{ address: "x@xn--bcher-kva.example" }]);
  });

  test("names cannot turn or hide what stands beside them", async () => {
    const { authors } = await read("From: =?utf-8?q?Ann=E2=80=AEgnp=2E_=00=0D=0A=E2=80=8BX?= <ann@example.com>");
    expect(authors[0]?.name).toBe("Anngnp. X");
  });

  test("the same mail by another way is the same; a copied Message-ID is not", async () => {
    const first = await read(HEADERS, "one");
    expect((await read(`Received: by elsewhere\n${HEADERS}`, "one")).maker).toBe(first.maker);
    expect((await read(HEADERS, "two")).maker).not.toBe(first.maker);
    expect((await read(HEADERS.replace("ann@", "eve@"), "one")).maker).not.toBe(first.maker);
    expect((await parseHead(mail(HEADERS, "one"))).maker).toBe(first.maker);
  });

  test("identifiers are checked and counted", async () => {
    const many = Array.from({ length: 80 }, (_, i) => `<r${i}@x>`).join("\n ");
    const { mail } = await read(`References: ${many}\nIn-Reply-To: your mail of Monday <ok@x> <later@x>\nMessage-ID: <a b\n c@x>`);
    expect(mail.references).toHaveLength(50);
    expect([mail.references?.[0], mail.references?.[1], mail.references?.at(-1)]).toEqual(["r0@x", "r31@x", "r79@x"]);
    expect([mail.inReplyTo, mail.messageId]).toEqual(["ok@x", "abc@x"]);
    expect((await read("Message-ID: <no-at>\nReferences: <<>> <@> <a@> x")).mail).toEqual({});
    expect((await read("Message-ID: bare@x")).mail).toEqual({ messageId: "bare@x" });
  });
});

describe("malformed", () => {
  test.each([
    ["no charset, not UTF-8", "Content-Type: text/plain", Buffer.from([0xe9, 0x41]), "\ufffdA"],
    ["latin1", "Content-Type: text/plain; charset=iso-8859-1", Buffer.from([0xe9]), "é"],
    ["windows-1252 called latin1", "Content-Type: text/plain; charset=latin1", Buffer.from([0x80]), "€"],
    ["shift_jis", "Content-Type: text/plain; charset=shift_jis", Buffer.from([0x93, 0xfa, 0x96, 0x7b]), "日本"],
    ["iso-2022-jp", "Content-Type: text/plain; charset=iso-2022-jp", Buffer.from("\x1b$BF|K\\\x1b(B", "latin1"), "日本"],
    ["koi8-r", "Content-Type: text/plain; charset=koi8-r", Buffer.from([0xf0, 0xd2]), "Пр"],
    ["gb18030", "Content-Type: text/plain; charset=gb18030", Buffer.from([0xc4, 0xe3]), "你"],
    ["a charset nobody knows", "Content-Type: text/plain; charset=x-unheard-of", Buffer.from("ok"), "ok"],
    ["control characters", "Content-Type: text/plain", Buffer.from("a\0b\x07c\x1b[31m"), "abc[31m"],
    ["broken base64", "Content-Transfer-Encoding: base64", Buffer.from("SGVs*bG8=!"), "Hello"],
    ["broken quoted-printable", "Content-Transfer-Encoding: quoted-printable", Buffer.from("a=zz=\r\nb=C3=A9="), "a=zzbé"],
    ["an encoding nobody knows", "Content-Transfer-Encoding: x-uuencode", Buffer.from("begin"), "begin"],
  ])("%s", async (_, header, body, text) => {
    const parsed = await parseMail(Buffer.concat([Buffer.from(`${HEADERS}\r\n${header}\r\n\r\n`), body]));
    expect(parsed.text).toBe(text);
  });

  test.each([
    ["", ""],
    ["\r\n", ""],
    ["\r\n\r\nbody", ""],
    ["no headers at all", ""],
    ["From: a@b.c", ""],
    ["From: a@b.c\n\nunix\nlines", "unix\nlines"],
    ["Content-Type: multipart/mixed\r\n\r\nno boundary", "no boundary"],
    ["Content-Type: multipart/mixed; boundary=x\r\n\r\nnever opened", "never opened"],
    ["Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nnever closed", "never closed"],
    ["Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsame", "same"],
  ])("%j", async (raw, text) => {
    const parsed = await parseMail(Buffer.from(raw));
    if (text !== "") expect(parsed.text).toBe(text);
  });

  test.each(["tomorrow", "Mon, 99 Foo 2024", "0", "Sat, 1 Jan 99999 00:00:00 +0000", "Thu, 1 Jan 1890 00:00:00 +0000", `${"(".repeat(5_000)}`])(
    "date %.20j",
    async (date) => {
      const parsed = await read(`${HEADERS.replace(/Date:.*\n/, "")}\nDate: ${date}`);
      if (date !== "0") expect(parsed.mail.date).toBeUndefined();
    },
  );

  test("long text is cut, not inside a character", async () => {
    const { text, mail } = await read(HEADERS, `x${"😀".repeat(MAX_TEXT)}`);
    expect(mail.cut).toBe(true);
    expect(text.length).toBe(MAX_TEXT - 1);
    expect(text.endsWith("😀")).toBe(true);
  });
});

describe("too much", () => {
  const parts = (count: number) => `${"--x\nContent-Type: text/plain\n\nhi\n".repeat(count)}--x--`;
  const nested = (depth: number) => Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}`).join("\n");

  test("parts", async () => {
    const headers = `${HEADERS}\nContent-Type: multipart/mixed; boundary="x"`;
    expect((await read(headers, parts(900))).text).toMatch(/^hi/);
    await expect(read(headers, parts(10_000))).rejects.toMatchObject({ reason: "too-many-parts" });
    expect(await parseHead(mail(headers, parts(10_000)))).toMatchObject({ text: "", authors: [{ address: "ann@example.com" }], mail: { subject: "Hi" } });
  });

  test("dashes are no parts", async () => {
    expect((await read(HEADERS, "--x\n".repeat(3_000))).text).toMatch(/^--x/);
  });

  test("depth", async () => {
    await expect(read(`${HEADERS}\n${nested(100)}`)).rejects.toMatchObject({ reason: "too-deep" });
    expect((await read(`${HEADERS}\n${nested(20)}`, "deep")).text).toBe("deep");
  });

  test("headers of parts", async () => {
    const body = `--x\nX: ${"y".repeat(5_000)}\n\nhi\n`.repeat(300);
    await expect(read(`${HEADERS}\nContent-Type: multipart/mixed; boundary=x`, body)).rejects.toMatchObject({ reason: "headers-too-large" });
  });
});

test("whatever comes in, what comes out is bounded and clean", async () => {
  const bit = fc.constantFrom(
    ...["\r\n", "\n", "\r", ":", ";", "=", '"', "<", ">", "@", ",", "--x", "--x--", " ", "\t", "\0", "é", "=?utf-8?q?=FF?=", "=?utf-8?b?", "(", ")"],
    ...[
      "From: a@b.c",
      "To: ",
      "Content-Type: multipart/mixed; boundary=x",
      "Content-Type: message/rfc822",
      "Content-Transfer-Encoding: base64",
      "charset=utf-16",
    ],
    ...["Subject: ", "References: <a@b>", "Date: x", "Content-Type: text/html", "<p>", "> q", "On 1 x wrote:", "\u202e"],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bit, { maxLength: 40 }), async (bits) => {
      const { text, mail, authors } = await parseMail(Buffer.from(bits.join("")));
      expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
      expect(JSON.stringify([text, mail.subject, authors, mail.messageId])).not.toMatch(/\\u00(?!7f)[01][0-9a-f]|\\ud[89a-f]/);
      for (const { name = "", address } of authors) expect(name + address).not.toMatch(/[\u202a-\u202e\p{Cc}]/u);
    }),
    { numRuns: 1_000 },
  );
});
