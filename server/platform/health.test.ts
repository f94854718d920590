import { beforeEach, expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { type Finding, Health } from "./health";

let time: ManualClock;
let health: Health;
beforeEach(() => {
  time = new ManualClock();
  health = new Health({ clock: time.clock, timers: time, timeoutMs: 2000 });
});

const ok: Finding = { state: "ok", words: "It answers at once." };

test("without probes all is well", async () => {
  expect(await health.report()).toEqual({ state: "ok", probes: [] });
});

test("the whole is as well as its worst part", async () => {
  health.register("Store", () => ok);
  const away = health.register("Relay", async () => ({ state: "broken", words: "It refuses.", since: 5 }));
  health.register("Loop", () => ({ state: "slow", words: "It was busy." }));
  const now = time.clock();
  expect(await health.report()).toEqual({
    state: "broken",
    probes: [
      { name: "Store", ...ok, since: now },
      { name: "Relay", state: "broken", words: "It refuses.", since: 5 },
      { name: "Loop", state: "slow", words: "It was busy.", since: now },
    ],
  });
  away();
  expect((await health.report()).state).toBe("slow");
});

test("remembers since when it is so", async () => {
  let finding = ok;
  health.register("Store", () => finding);
  const start = time.clock();
  await health.report();
  time.advance(1000);
  expect((await health.report()).probes[0]?.since).toBe(start);
  finding = { state: "slow", words: "It is busy." };
  expect((await health.report()).probes[0]?.since).toBe(start + 1000);
});

test("a probe that fails is broken in words, and stops no other", async () => {
  health.register("Relay", () => Promise.reject(new Error("connection refused")));
  health.register("Store", () => ok);
  const { probes } = await health.report();
  expect(probes.map(({ words }) => words)).toEqual(["Relay could not be checked: connection refused", ok.words]);
});

test("a probe that hangs is broken after a while, is asked once, and counts again when it answers", async () => {
  let asked = 0;
  let answer: (finding: Finding) => void = () => {};
  health.register("Directory", () => {
    asked++;
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const report = async () => {
    const reporting = health.report();
    time.advance(2000);
    return (await reporting).probes[0]?.words;
  };
  expect(await report()).toBe("Directory has not answered for 2 seconds.");
  expect(await report()).toBe("Directory has not answered for 2 seconds.");
  expect(asked).toBe(1);
  const late = health.report();
  answer(ok);
  expect((await late).state).toBe("ok");
});

test("a name is given once", () => {
  health.register("Store", () => ok);
  expect(() => health.register("Store", () => ok)).toThrow();
});
