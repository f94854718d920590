/**
 * Keys are written as tinykeys reads them: `$mod+k`, `Shift+?`, `g i` (one after the other). `$mod` is Command on Apple machines
 * and Control elsewhere.
 */
const APPLE: Readonly<Record<string, string>> = { $mod: "⌘", Meta: "⌘", Shift: "⇧", Alt: "⌥", Control: "⌃", Enter: "↵", Escape: "esc" };
const OTHERS: Readonly<Record<string, string>> = { $mod: "Ctrl", Meta: "Win", Enter: "↵", Escape: "Esc" };
const ARROWS: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

export const isApple = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The caps to draw, one list for each stroke. */
export function keyCaps(keys: string, apple: boolean): string[][] {
  const names = apple ? APPLE : OTHERS;
  return keys.split(" ").map((stroke) => stroke.split("+").map((key) => names[key] ?? ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
}

/** The same for `aria-keyshortcuts` (WAI-ARIA 1.2, 6.6), which knows single strokes only; both machines' keys, since the server cannot tell. */
export function ariaKeys(keys: string | undefined): string | undefined {
  if (keys === undefined || keys.includes(" ")) return undefined;
  return keys.includes("$mod") ? `${keys.replace("$mod", "Control")} ${keys.replace("$mod", "Meta")}` : keys;
}
