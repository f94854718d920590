import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilLoaded } from "./until-loaded";

const missing = () => Object.assign(new Error("Failed to load chunk"), { name: "ChunkLoadError" });
const network = { onLine: true };
const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", network);
  vi.stubGlobal("window", page);
  network.onLine = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what is missing is asked for again until it comes", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(missing()).mockRejectedValueOnce(missing()).mockResolvedValue("part");
  const loaded = untilLoaded(load)();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await loaded).toBe("part");
  expect(load).toHaveBeenCalledTimes(3);
});

test("the network coming back is not waited for longer than it takes", async () => {
  network.onLine = false;
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(missing()).mockResolvedValue("part");
  const loaded = untilLoaded(load)();
  await vi.advanceTimersByTimeAsync(0);
  page.dispatchEvent(new Event("online"));
  expect(await loaded).toBe("part");
});

test("without a network there is no end of trying, with one there is", async () => {
  network.onLine = false;
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(missing());
  const loaded = untilLoaded(load)();
  const outcome = expect(loaded).rejects.toThrow("Failed to load chunk");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load.mock.calls.length).toBeGreaterThan(20);
  network.onLine = true;
  await vi.advanceTimersByTimeAsync(30_000);
  await outcome;
});

test("a mistake in the code itself is thrown at once", async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(new TypeError("x is not a function"));
  await expect(untilLoaded(load)()).rejects.toThrow("x is not a function");
  expect(load).toHaveBeenCalledTimes(1);
});
