import { expect, test } from "vitest";
import { ariaKeys, keyCaps } from "./keys";

test("keys are named as on the person's machine", () => {
  expect(keyCaps("$mod+k", true)).toEqual([["⌘", "K"]]);
  expect(keyCaps("$mod+k", false)).toEqual([["Ctrl", "K"]]);
  expect(keyCaps("g i", false)).toEqual([["G"], ["I"]]);
});

test("screen readers hear both machines' keys, and no sequences", () => {
  expect(ariaKeys("$mod+k")).toBe("Control+k Meta+k");
  expect(ariaKeys("e")).toBe("e");
  expect(ariaKeys("g i")).toBeUndefined();
});
