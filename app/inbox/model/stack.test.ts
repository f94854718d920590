import fc from "fast-check";
import { expect, test } from "vitest";
import { between, drawnOf, onScreen } from "./stack";

const TEN = Array.from({ length: 10 }, () => 100);

test("at the end the newest rows are on the screen", () => {
  expect(onScreen(TEN, { bottom: 0, height: 250 })).toEqual({ start: 7, end: 10 });
  expect(onScreen(TEN, { bottom: 150, height: 300 })).toEqual({ start: 5, end: 9 });
  expect(onScreen(TEN, { bottom: 100, height: 300 })).toEqual({ start: 6, end: 9 });
  expect(onScreen(TEN, { bottom: 5_000, height: 300 })).toEqual({ start: 0, end: 1 });
  expect(onScreen([], { bottom: 0, height: 300 })).toEqual({ start: 0, end: 0 });
});

test("what is drawn has its neighbours and the kept row, and gaps where rows are left out", () => {
  expect(drawnOf(TEN, { start: 5, end: 7 }, 1, 1)).toEqual({
    drawn: [
      { index: 1, gap: 100 },
      { index: 4, gap: 200 },
      { index: 5, gap: 0 },
      { index: 6, gap: 0 },
      { index: 7, gap: 0 },
    ],
    after: 200,
  });
  expect(drawnOf(TEN, { start: 0, end: 2 }, 0, 9)).toMatchObject({ drawn: [{ index: 0 }, { index: 1 }, { index: 9, gap: 700 }], after: 0 });
  expect(drawnOf([], { start: 0, end: 0 }, 8, -1)).toEqual({ drawn: [], after: 0 });
});

test("however rows are high and wherever the screen is: it is covered, and nothing of the whole height is lost", () => {
  const heights = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
  const property = fc.property(
    heights,
    fc.nat(12_000),
    fc.integer({ min: 1, max: 900 }),
    fc.nat(8),
    fc.integer({ min: -1, max: 60 }),
    (rows, bottom, height, spare, keep) => {
      const total = between(rows, 0, rows.length);
      const screen = { bottom: Math.min(bottom, Math.max(0, total - height)), height };
      const shown = onScreen(rows, screen);
      const below = between(rows, shown.end, rows.length);
      expect(below).toBeLessThanOrEqual(screen.bottom);
      expect(below + between(rows, shown.start, shown.end)).toBeGreaterThanOrEqual(Math.min(total, screen.bottom + height));
      const { drawn, after } = drawnOf(rows, shown, spare, keep);
      expect(drawn.reduce((sum, { index, gap }) => sum + gap + rows[index]!, after)).toBe(total);
      for (let index = shown.start; index < shown.end; index++) expect(drawn.some((each) => each.index === index)).toBe(true);
      if (keep >= 0 && keep < rows.length) expect(drawn.some((each) => each.index === keep)).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 500 });
});
