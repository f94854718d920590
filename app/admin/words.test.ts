import { expect, test } from "vitest";
import type { Probe } from "./data";
import { failureLine, figureWords, health, seriesWords, worstFirst } from "./words";

const probe = (name: string, state: Probe["state"]): Probe => ({ name, state, words: "" });

test("what is broken comes first", () => {
  const probes = [probe("a", "ok"), probe("b", "slow"), probe("c", "broken"), probe("d", "ok")];
  expect(worstFirst(probes).map(({ name }) => name)).toEqual(["c", "b", "a", "d"]);
  expect(health(probes)).toBe("1 broken, 1 slow, 2 fine.");
  expect(health([probe("a", "ok")])).toBe("Everything works.");
});

test.each([
  [1284, "", "1,284", ""],
  [13.417, "/s", "13.4", "/s"],
  [0, "ms", "0", "ms"],
  [268_435_456, "bytes", "256", "MB"],
  [512, "bytes", "512", "bytes"],
  [0, "bytes", "0", "bytes"],
  [Number.NaN, "ms", "–", ""],
])("%f %s reads %s %s", (value, unit, words, shown) => expect(figureWords({ value, unit })).toEqual({ value: words, unit: shown }));

test("a plot can be heard", () => {
  expect(
    seriesWords({
      points: [
        [1, 10],
        [2, 80],
        [3, 52],
      ],
    }),
  ).toBe("Now 52; between 10 and 80 in the last hour.");
  expect(seriesWords({ points: [] })).toBe("Nothing measured yet.");
});

test("a reason of a failure is a sentence, and one nobody knows is said as it is", () => {
  expect(failureLine("carrier-busy")).toBe("The carrier asks to come again later.");
  expect(failureLine("address-unknown")).toBe("The number does not exist.");
  expect(failureLine("phone-eaten")).toBe("Phone-eaten");
});
