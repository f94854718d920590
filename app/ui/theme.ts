const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Also in the script of `layout.tsx`, which reads it before the first paint. */
const KEY = "braid.theme";
const listeners = new Set<() => void>();

export function readTheme(): Theme {
  const stored = document.documentElement.dataset.theme;
  return THEMES.find((theme) => theme === stored) ?? "system";
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Private windows may refuse to store; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function onTheme(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
