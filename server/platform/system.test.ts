import { expect, test } from "vitest";
import { isId, timeOfId } from "@/domain/id";
import { systemClock, systemMinter, systemRandom } from "./system";

test("the clock tells Unix milliseconds, chance differs", () => {
  expect(Math.abs(systemClock() - Date.now())).toBeLessThan(1000);
  expect(systemRandom(16)).toHaveLength(16);
  expect(systemRandom(16)).not.toEqual(systemRandom(16));
});

test("ids carry the time and only grow", () => {
  const minter = systemMinter();
  const ids = Array.from({ length: 1000 }, () => minter.next());
  expect(ids.every(isId)).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(Math.abs(timeOfId(ids[0] as string) - systemClock())).toBeLessThan(1000);
});
