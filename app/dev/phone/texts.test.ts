import { expect, test } from "vitest";
import type { PhoneText } from "./data";
import { BEHAVIOURS, behaviourWords, conversationsOf, isSame, sizeWords } from "./texts";

const text = (at: number, other: string): PhoneText => ({ id: String(at), phone: "+15550100", other, direction: "to-phone", text: "", segments: 1, at });

test("texts are grouped by the number at the other end, the liveliest last", () => {
  const groups = conversationsOf([text(1, "+15550190"), text(2, "+15550191"), text(3, "+15550190")]);
  expect(groups.map(({ other, texts }) => [other, texts.map(({ at }) => at)])).toEqual([
    ["+15550191", [2]],
    ["+15550190", [1, 3]],
  ]);
  expect(conversationsOf([])).toEqual([]);
});

test("what the network does, in words", () => {
  expect(BEHAVIOURS.map(behaviourWords)).toEqual(["Delivered after 1 s", "Delivered after 10 s", "Undeliverable", "Expired", "No receipt"]);
  expect(behaviourWords({ outcome: "delivered", delayMs: 250 })).toBe("Delivered after 0.3 s");
  expect(behaviourWords({ outcome: "expired", delayMs: 30_000 })).toBe("Expired after 30 s");
  expect(isSame({ outcome: "delivered", delayMs: 1_000 }, BEHAVIOURS[0]!)).toBe(true);
  expect(isSame({ outcome: "delivered", delayMs: 1_000 }, BEHAVIOURS[1]!)).toBe(false);
});

test("the size of what is written", () => {
  expect(sizeWords("")).toBe("");
  expect(sizeWords("@ann Hello")).toBe("1 segment");
  expect(sizeWords("ё".repeat(71))).toBe("2 segments, Unicode");
});
