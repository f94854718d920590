import type { Shelf, Timers } from "./ports";

/** The shelf of this browser. A full or forbidden storage (private mode) costs what would have survived a reload, nothing else. */
export const browserShelf = (storage: () => Storage): Shelf => ({
  get: (key) => attempt(() => storage().getItem(key) ?? undefined),
  set: (key, text) => attempt(() => storage().setItem(key, text)),
  remove: (key) => attempt(() => storage().removeItem(key)),
  keys: (prefix) => attempt(() => Object.keys(storage()).filter((key) => key.startsWith(prefix))) ?? [],
});

export const browserTimers: Timers = {
  after(milliseconds, what) {
    const timer = setTimeout(what, milliseconds);
    return () => clearTimeout(timer);
  },
};

export function memoryShelf(): Shelf {
  const texts = new Map<string, string>();
  return {
    get: (key) => texts.get(key),
    set: (key, text) => void texts.set(key, text),
    remove: (key) => void texts.delete(key),
    keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/** What was written here as JSON; undefined when there is none, or when something else has written over it. */
export function readJson<T>(shelf: Shelf, key: string, isOne: (value: unknown) => value is T): T | undefined {
  const value = attempt((): unknown => JSON.parse(shelf.get(key) ?? "null"));
  return isOne(value) ? value : undefined;
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
