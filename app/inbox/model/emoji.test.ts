import { expect, test } from "vitest";
import { isEmojiOnly } from "./emoji";

test.each(["👍", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "❤️", "1️⃣", "🙂 🙂 🙂", " 🎉 "])("%s is drawn big", (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(["", "1", "#", "ok 👍", "🙂🙂🙂🙂", "©", "a", "👍".repeat(1000)])("%s is not", (text) => {
  expect(isEmojiOnly(text)).toBe(false);
});
