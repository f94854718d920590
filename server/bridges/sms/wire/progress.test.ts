import fc from "fast-check";
import { expect, test } from "vitest";
import { isFinal, newProgress, type Progress, progressed, type SegmentState } from "./progress";

type News = readonly [segment: number, state: SegmentState, error?: string];
const after = (segments: number, ...news: News[]): Progress => news.reduce((progress, one) => progressed(progress, ...one), newProgress(segments));

test("a message is as far as its last segment", () => {
  expect(after(2).state).toBe("waiting");
  expect(after(2, [0, "sent"]).state).toBe("waiting");
  expect(after(2, [0, "delivered"], [1, "sent"]).state).toBe("sent");
  expect(after(2, [1, "enroute"], [0, "delivered"]).state).toBe("enroute");
  expect(after(2, [1, "delivered"], [0, "delivered"])).toEqual({ segments: ["delivered", "delivered"], state: "delivered" });
});

test("a failure stays, whatever the other segments come to", () => {
  expect(after(3, [0, "delivered"], [1, "undeliverable", "gsm:27"], [2, "delivered"])).toEqual({
    segments: ["delivered", "undeliverable", "delivered"],
    state: "undeliverable",
    error: "gsm:27",
  });
  expect(after(2, [0, "expired", "1"], [1, "rejected", "2"])).toMatchObject({ state: "expired", error: "1" });
  expect(after(1, [0, "rejected"])).toEqual({ segments: ["rejected"], state: "rejected" });
});

test("what is known is not unlearned", () => {
  expect(after(1, [0, "delivered"], [0, "enroute"], [0, "undeliverable", "9"])).toEqual({ segments: ["delivered"], state: "delivered" });
  expect(after(1, [0, "undeliverable"], [0, "delivered"]).state).toBe("undeliverable");
  expect(after(1, [0, "enroute"], [0, "sent"]).state).toBe("enroute");
});

test("accepted and unknown may be followed by the true end", () => {
  expect(after(1, [0, "accepted"], [0, "delivered"]).state).toBe("delivered");
  expect(after(1, [0, "unknown"], [0, "expired"]).state).toBe("expired");
});

test("news that changes nothing changes nothing", () => {
  const progress = after(1, [0, "enroute"]);
  const all: News[] = [
    [0, "enroute"],
    [0, "sent"],
    [1, "delivered"],
    [-1, "delivered"],
  ];
  for (const news of all) expect(progressed(progress, ...news)).toBe(progress);
});

test("whatever the news and their order, nothing final is taken back and no failure is hidden", () => {
  const state = fc.constantFrom<SegmentState>(
    "waiting",
    "sent",
    "enroute",
    "delivered",
    "expired",
    "deleted",
    "undeliverable",
    "accepted",
    "unknown",
    "rejected",
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.tuple(fc.nat(4), state), { maxLength: 20 }), (segments, news) => {
      let progress = newProgress(segments);
      for (const one of news) {
        const next = progressed(progress, ...one);
        if (isFinal(progress.state)) expect(next.state).toBe(progress.state);
        for (const [index, known] of progress.segments.entries()) if (isFinal(known)) expect(next.segments[index]).toBe(known);
        expect(next.state === "delivered").toBe(next.segments.every((segment) => segment === "delivered"));
        const failed = next.segments.some((segment) => isFinal(segment) && segment !== "delivered");
        expect(isFinal(next.state) && next.state !== "delivered").toBe(failed);
        progress = next;
      }
    }),
    { seed: 528, numRuns: 300 },
  );
});
