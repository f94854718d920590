import { beforeEach, describe, expect, test } from "vitest";
import { encodeId, IdMinter } from "@/domain/id";
import { StoreError } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { ManualClock } from "@/testkit/clock";
import { seededRandom } from "@/testkit/random";
import { CaptureTransport } from "./capture";
import { composeMail } from "./outgoing";
import { CAPTURED, EMAIL_TABLES } from "./tables";

let store: MemoryStore;
let time: ManualClock;
let capture: CaptureTransport;
beforeEach(() => {
  time = new ManualClock();
  store = new MemoryStore({ schemas: EMAIL_TABLES, clock: time.clock });
  capture = new CaptureTransport({ store, ids: new IdMinter(time.clock, seededRandom(1)), clock: time.clock, keep: 30 });
});

const mail = (text: string) =>
  composeMail({
    message: { id: encodeId(Buffer.alloc(16, 1)), threadId: encodeId(Buffer.alloc(16, 2)), at: time.now, text },
    domain: "braid.test",
    from: { handle: "ann", name: "Ann Ü" },
    to: "eve@example.com",
    people: [{ address: "zoe@example.com" }, { address: "eve@example.com", name: "Eve" }],
    chain: { references: ["a@x", "b@x"], subject: "Été" },
    title: "",
  });

describe("captured mail", () => {
  test("can be listed and opened", async () => {
    expect(await capture.send(mail("Hello 😀"))).toEqual({ detail: "250 Kept on the capture page" });
    const [listed] = await capture.list(10);
    expect(listed).toMatchObject({
      at: time.now,
      from: "ann@braid.test",
      to: ["eve@example.com", "zoe@example.com"],
      subject: "Re: Été",
      messageId: mail("").messageId,
      references: ["a@x", "b@x"],
      text: "Hello 😀",
    });
    expect(await capture.get(listed?.id ?? "")).toEqual(listed);
    const headers = new Map(listed?.headers);
    expect([headers.get("In-Reply-To"), headers.get("References"), headers.get("Message-ID")]).toEqual(["<b@x>", "<a@x> <b@x>", `<${mail("").messageId}>`]);
    expect(headers.get("From")).toMatch(/^=\?.*\?= <ann@braid\.test>$/);
    expect(listed?.raw).toContain("\r\n\r\nHello =F0=9F=98=80");
  });

  test("the newest comes first, and only so many stay", async () => {
    for (let i = 0; i < 110; i++) await capture.send(mail(String(i)));
    expect((await capture.list(3)).map(({ text }) => text)).toEqual(["109", "108", "107"]);
    let rows = 0;
    for await (const _ of store.scan(CAPTURED.name)) rows++;
    expect(rows).toBeGreaterThanOrEqual(30);
    expect(rows).toBeLessThan(30 + 50);
    expect(await capture.list(1_000)).toHaveLength(30);
  });

  test("a mail that is reported as not sent is not there: it will be sent again", async () => {
    const broken = new MemoryStore({ schemas: EMAIL_TABLES, clock: time.clock });
    const kept = broken.scan.bind(broken);
    const failing = new CaptureTransport({ store: broken, ids: new IdMinter(time.clock, seededRandom(1)), clock: time.clock });
    broken.scan = () => {
      throw new StoreError("unavailable", "away");
    };
    await expect(failing.send(mail("Hello"))).rejects.toThrow("away");
    let rows = 0;
    for await (const _ of kept(CAPTURED.name)) rows++;
    expect(rows).toBe(0);
  });

  test.each(["", "nothing"])("there is none under %j", async (id) => {
    expect(await capture.get(id)).toBeUndefined();
  });
});
