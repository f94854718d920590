import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Colour = readonly [l: number, c: number, h: number];
const TOKENS = readTokens();

const TEXT_ON: Readonly<Record<string, readonly string[]>> = {
  ink: ["paper", "sunken", "raised", "bubble", "bubble-own", "accent-soft", "danger-soft"],
  muted: ["paper", "sunken", "raised", "bubble", "bubble-own"],
  faint: ["paper", "sunken", "raised"],
  accent: ["paper", "sunken", "raised"],
  "accent-strong": ["accent-soft", "bubble", "bubble-own"],
  danger: ["paper", "sunken", "raised", "danger-soft"],
  chat: ["paper", "sunken", "raised", "chat-soft"],
  email: ["paper", "sunken", "raised", "email-soft"],
  sms: ["paper", "sunken", "raised", "sms-soft"],
  site: ["paper", "sunken", "raised", "site-soft"],
  "on-accent": ["accent", "accent-strong"],
  "on-danger": ["danger", "danger-strong"],
  paper: ["ink"],
};
const EDGES_ON: Readonly<Record<string, readonly string[]>> = { edge: ["paper", "sunken", "raised"] };

for (const [theme, side] of [["light", 0] as const, ["dark", 1] as const]) {
  test(`text keeps a contrast of 4.5 in ${theme}`, () => expect(tooFaint(TEXT_ON, side, 4.5)).toEqual([]));
  test(`edges keep a contrast of 3 in ${theme}`, () => expect(tooFaint(EDGES_ON, side, 3)).toEqual([]));
}

test("initials are readable on every hue", () => {
  const hues = Array.from({ length: 360 }, (_, hue) => hue);
  for (const [ground, ink] of [
    [
      [0.905, 0.045],
      [0.38, 0.08],
    ],
    [
      [0.36, 0.055],
      [0.93, 0.035],
    ],
  ] as const)
    expect(hues.filter((hue) => contrast([...ground, hue], [...ink, hue]) < 4.5)).toEqual([]);
});

function tooFaint(pairs: Readonly<Record<string, readonly string[]>>, side: 0 | 1, least: number): string[] {
  return Object.entries(pairs).flatMap(([fore, grounds]) =>
    grounds
      .map((ground) => [fore, ground, contrast(colour(fore, side), colour(ground, side))] as const)
      .filter(([, , ratio]) => ratio < least)
      .map(([...pair]) => pair.join(" ")),
  );
}

function readTokens(): ReadonlyMap<string, readonly [Colour, Colour]> {
  const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
  const found = [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g)];
  return new Map(found.map(([, name = "", light = "", dark = ""]) => [name, [numbers(light), numbers(dark)]]));
}

function numbers(text: string): Colour {
  const [l = 0, c = 0, h = 0] = text.split(" ").map(Number);
  return [l, c, h];
}

function colour(name: string, side: 0 | 1): Colour {
  const both = TOKENS.get(name);
  if (both === undefined) throw new Error(`no token --${name}`);
  return both[side];
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: Colour, b: Colour): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** OKLCH to linear sRGB (Ottosson 2020), cut to the gamut, then relative luminance. */
function luminance([L, C, H]: Colour): number {
  const a = C * Math.cos((H * Math.PI) / 180);
  const b = C * Math.sin((H * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  const red = cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
