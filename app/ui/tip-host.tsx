"use client";
import { lazy, Suspense, useEffect, useState } from "react";
import { untilLoaded } from "./until-loaded";

const Bubble = lazy(untilLoaded(() => import("./tip-bubble")));
const DELAY = 500;
/** Going along a bar of buttons, the next tooltip comes at once. */
const WARM = 300;

/**
 * One tooltip for the whole page: anything that spreads `tip()` gets it on hover and on keyboard focus, and costs nothing before.
 * Escape, a press and scrolling take it away.
 */
export function TipHost() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => watchTips(setAnchor), []);
  return anchor ? (
    <Suspense>
      <Bubble anchor={anchor} onClose={() => setAnchor(null)} />
    </Suspense>
  ) : null;
}

/** Calls `show` with the element whose tooltip is due, or null. */
function watchTips(show: (anchor: HTMLElement | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let near: HTMLElement | null = null;
  let closedAt = Number.NEGATIVE_INFINITY;
  let open = false;

  const set = (anchor: HTMLElement | null) => {
    clearTimeout(timer);
    if (open && anchor === null) closedAt = performance.now();
    open = anchor !== null;
    show(anchor);
  };
  const come = (target: EventTarget | null, delay: number) => {
    const tipped = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
    if (tipped === near) return;
    near = tipped;
    set(null);
    if (tipped?.dataset.tip) timer = setTimeout(() => tipped.isConnected && set(tipped), performance.now() - closedAt < WARM ? 0 : delay);
  };
  const hover = (event: PointerEvent) => event.pointerType === "mouse" && come(event.target, DELAY);
  const focus = (event: FocusEvent) => come(event.target instanceof Element && event.target.matches(":focus-visible") ? event.target : null, DELAY);
  const away = () => (open || timer) && set(null);
  const key = (event: KeyboardEvent) => event.key === "Escape" && away();

  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener("pointerover", hover, { signal, passive: true });
  document.addEventListener("focusin", focus, { signal });
  document.addEventListener("focusout", () => come(null, 0), { signal });
  document.addEventListener("pointerdown", away, { signal, passive: true });
  document.addEventListener("scroll", away, { signal, passive: true, capture: true });
  document.addEventListener("keydown", key, { signal });
  return () => {
    clearTimeout(timer);
    ending.abort();
  };
}
