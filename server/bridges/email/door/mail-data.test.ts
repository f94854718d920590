import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { HeaderGauge } from "./header-gauge";
import { receiveData } from "./mail-data";
import { MemoryBudget } from "./memory-budget";
import { Segments } from "./segments";

const LIMITS = { messageBytes: 1_000, headerBytes: 100, dataMs: 60_000, drainMs: 1_000 };
const ROOM = 5_000;

function receiving(limits: Partial<typeof LIMITS> = {}) {
  const stream = new PassThrough();
  const budget = new MemoryBudget(ROOM);
  const time = new ManualClock();
  return { stream, budget, time, data: receiveData(stream, { ...LIMITS, ...limits }, budget, time) };
}

/** Whether nothing is held. */
function isFree(budget: MemoryBudget): boolean {
  if (!budget.take(ROOM)) return false;
  budget.give(ROOM);
  return true;
}

describe("memory", () => {
  test("is held until the mail is stored", async () => {
    const { stream, budget, data } = receiving();
    stream.end("a: b\r\n\r\nhello");
    const mail = await data;
    if (mail === "gone" || "refused" in mail) throw new Error("refused");
    expect(mail.raw.toString()).toBe("a: b\r\n\r\nhello");
    await new Promise(setImmediate);
    expect(stream.closed).toBe(true);
    expect(budget.take(ROOM)).toBe(false);
    mail.release();
    expect(isFree(budget)).toBe(true);
  });

  test.each(["too large", "headers too large", "gone", "too slow"])("is given back at once: %s", async (how) => {
    const { stream, budget, time, data } = receiving({ ...(how === "headers too large" && { headerBytes: 5 }) });
    stream.write("a: b\r\n\r\nhello");
    await new Promise(setImmediate);
    expect(isFree(budget)).toBe(how === "headers too large");
    if (how === "too large") stream.write("x".repeat(1_000));
    if (how === "gone") stream.destroy();
    if (how === "too slow") time.advance(60_000);
    await new Promise(setImmediate);
    expect(isFree(budget)).toBe(true);
    stream.end();
    expect(await data).toEqual(how === "gone" ? "gone" : { refused: expect.anything(), unfinished: how === "too slow" });
  });

  test("what comes after a refusal is not kept", async () => {
    const { stream, budget, data } = receiving();
    stream.write("x".repeat(2_000));
    for (let i = 0; i < 10; i++) stream.write("\r\n\r\nx");
    await new Promise(setImmediate);
    expect(isFree(budget)).toBe(true);
    stream.end();
    expect(await data).toMatchObject({ refused: { responseCode: 552 }, unfinished: false });
    expect(isFree(budget)).toBe(true);
  });
});

test.each([
  [["a: b\r\n\r\nbody"], 8],
  [["a: b\n\nbody"], 6],
  [["a: b\r\n", "\r\nbody"], 8],
  [["a: b\r", "\n\r", "\n", "body"], 8],
  [["\r\nbody"], 2],
  [["a: b\r\n c\r\n\r\r\nbody"], 13],
  [["a: b"], 4],
])("the header block of %j has %d bytes", (chunks, bytes) => {
  const gauge = new HeaderGauge();
  for (const chunk of chunks) gauge.take(Buffer.from(chunk));
  expect(gauge.bytes).toBe(bytes);
});

test("pieces of any size come together again", () => {
  const segments = new Segments();
  const pieces = [1, 5_000, 3, 100_000, 64 * 1024, 0, 7].map((length, at) => Buffer.alloc(length, at + 1));
  for (const piece of pieces) segments.append(piece);
  expect(segments.take().equals(Buffer.concat(pieces))).toBe(true);
  expect(segments.take().length).toBe(0);
});
