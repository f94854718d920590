import { untilLoaded } from "./until-loaded";

export interface ToastOptions {
  /** Takes the act back. The toast stays 10 s, which is how long the act can be undone. */
  undo?: () => void;
  /** Another way on than undo: "Open", "Try again". */
  action?: { label: string; onClick: () => void };
  tone?: "plain" | "danger";
  /** A toast with the same id takes the place of the former. */
  id?: string;
}

const loadSonner = untilLoaded(() => import("sonner"));
const UNDO_FOR = 10_000;
const SHORTLY = 4_000;

let wanted = false;
const listeners = new Set<() => void>();

/** Says in a corner what has just happened, politely to screen readers. Loads its library with the first toast. */
export function toast(words: string, { undo, action, tone = "plain", id }: ToastOptions = {}): void {
  wanted = true;
  for (const listener of listeners) listener();
  const button = undo ? { label: "Undo", onClick: undo } : action;
  void loadSonner().then((sonner) => {
    const show = tone === "danger" ? sonner.toast.error : sonner.toast;
    show(words, { duration: button || tone === "danger" ? UNDO_FOR : SHORTLY, ...(button && { action: button }), ...(id && { id }) });
  });
}

export const wantsToasts = (): boolean => wanted;

export function onToast(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
