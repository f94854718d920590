import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageIdForms, normalMessageId } from "./carrier-id";
import { isReceipt, type ReceiptFields, readReceipt } from "./receipt";

const read = (text: string, more: Partial<ReceiptFields> = {}) => readReceipt({ octets: Buffer.from(text, "latin1"), dataCoding: 0, ...more });

describe("receipts in words", () => {
  const doneAt = Date.UTC(2024, 5, 3, 10, 1);
  test.each([
    [
      "as in appendix B",
      "id:0123456789 sub:001 dlvrd:001 submit date:2406031000 done date:2406031001 stat:DELIVRD err:000 text:Hello",
      { messageId: "0123456789", state: "delivered", doneAt },
    ],
    ["with seconds", "id:7 submit date:240603100000 done date:240603100107 stat:DELIVRD err:0", { messageId: "7", state: "delivered", doneAt: doneAt + 7_000 }],
    ["with the whole year", "id:7 done date:20240603100107 stat:DELIVRD", { messageId: "7", state: "delivered", doneAt: doneAt + 7_000 }],
    ["with the whole year, no seconds", "id:7 done date:202406031001 stat:DELIVRD", { messageId: "7", state: "delivered", doneAt }],
    [
      "capitals",
      "ID:7 SUB:001 DLVRD:000 SUBMIT DATE:2406031000 DONE DATE:2406031001 STAT:UNDELIV ERR:1B TEXT:",
      { messageId: "7", state: "undeliverable", error: "1B", doneAt },
    ],
    ["another order", "stat:EXPIRED err:027 done_date:2406031001 id:a1-b2_c3@x", { messageId: "a1-b2_c3@x", state: "expired", error: "027", doneAt }],
    ["blanks and line ends", "id: 7\nsub: 1\r\ndone \ndate: 2406031001 stat : rejectd err :", { messageId: "7", state: "rejected", doneAt }],
    ["written out", "id:7 stat:Undelivered", { messageId: "7", state: "undeliverable" }],
    ["little", "id:7", { messageId: "7", state: "unknown" }],
    ["an odd word and an odd date", "id:7 stat:PARTIAL done date:9999999999", { messageId: "7", state: "unknown" }],
    ["empty fields", "id:7 sub: dlvrd: submit date: done date: stat:ACCEPTD err: text:err:12", { messageId: "7", state: "accepted", error: "12" }],
    ["names in the message's own words", "id:7 stat:DELIVRD err:000 text:id:8 stat:UNDELIV", { messageId: "7", state: "delivered" }],
  ])("%s", (_, text, receipt) => {
    expect(read(text)).toEqual(receipt);
  });

  test.each([
    ["ENROUTE", "enroute"],
    ["DELETED", "deleted"],
    ["ACCEPTD", "accepted"],
    ["UNKNOWN", "unknown"],
    ["FAILED", "undeliverable"],
    ["BUFFERED", "enroute"],
    ["delivered", "delivered"],
  ])("%s", (word, state) => {
    expect(read(`id:7 stat:${word}`)?.state).toBe(state);
  });

  test.each(["", "Hello there", "paid:7 stat:DELIVRD", "stat:DELIVRD err:000", "id:", `id:${"7".repeat(101)}`])("%j names no message", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test("in UCS-2", () => {
    expect(read("", { octets: Buffer.from("id:7 stat:DELIVRD", "utf16le").swap16(), dataCoding: 8 })).toEqual({ messageId: "7", state: "delivered" });
  });
});

describe("receipts in optional parameters", () => {
  test("need no text and go before it", () => {
    expect(read("", { receiptedMessageId: "ab", messageState: 5, networkErrorCode: Uint8Array.of(3, 0, 27) })).toEqual({
      messageId: "ab",
      state: "undeliverable",
      error: "gsm:27",
    });
    expect(read("id:7 stat:UNDELIV err:012", { receiptedMessageId: "ab", messageState: 2 })).toEqual({ messageId: "ab", state: "delivered", error: "012" });
  });

  test("every state has its number", () => {
    const states = [1, 2, 3, 4, 5, 6, 7, 8].map((messageState) => read("id:7", { messageState })?.state);
    expect(states).toEqual(["enroute", "delivered", "expired", "deleted", "undeliverable", "accepted", "unknown", "rejected"]);
    expect(read("id:7 stat:DELIVRD", { messageState: 99 })?.state).toBe("delivered");
  });

  test("odd ones are passed over", () => {
    expect(read("id:7 stat:DELIVRD", { receiptedMessageId: " ", messageState: -1, networkErrorCode: Uint8Array.of(3) })).toEqual({
      messageId: "7",
      state: "delivered",
    });
    expect(read("id:7", { messageState: 2, networkErrorCode: Uint8Array.of(3, 0, 0) })).toEqual({ messageId: "7", state: "delivered" });
    expect(read("id:7", { messageState: 5, networkErrorCode: Uint8Array.of(9, 1, 0) })?.error).toBe("9:256");
  });
});

test("only esm_class makes a receipt", () => {
  expect([0x04, 0x44, 0x20, 0x07].map(isReceipt)).toEqual([true, true, true, true]);
  expect([0x00, 0x40, 0x08, 0x10, 0x18].map(isReceipt)).toEqual([false, false, false, false, false]);
});

test("any octets: no throw", () => {
  const words = fc
    .array(fc.constantFrom("id:", "stat:", "done date:", "text:", " ", "9", "err", "\n"), { maxLength: 60 })
    .map((all) => Buffer.from(all.join("")));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), words), fc.nat(255), (octets, dataCoding) => {
      readReceipt({ octets, dataCoding, networkErrorCode: octets });
    }),
    { seed: 5, numRuns: 1_000 },
  );
});

test("ids are found in whichever way the carrier writes them", () => {
  expect(normalMessageId(" 00A1 ")).toBe("a1");
  expect(messageIdForms("0000000161")).toEqual(["161", "353", "a1"]);
  expect(messageIdForms("A1")).toEqual(["a1", "161"]);
  expect(messageIdForms("0")).toEqual(["0"]);
  expect(messageIdForms("6f1c-UUID")).toEqual(["6f1c-uuid"]);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (id) => {
      const [hex, decimal] = [id.toString(16).toUpperCase().padStart(10, "0"), id.toString().padStart(10, "0")];
      expect(messageIdForms(decimal)).toContain(normalMessageId(hex));
      expect(messageIdForms(hex)).toContain(normalMessageId(decimal));
    }),
    { seed: 16 },
  );
});
