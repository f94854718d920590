/** Without a key or a pointer for so long the person counts as away, milliseconds. */
const IDLE = 5 * 60_000;

export type Attention = "online" | "away";

/**
 * Tells whether somebody looks at this page: `online` while it is visible and was touched lately, else `away`. `told` is called at
 * once and on every change, `seen` whenever the page becomes visible again. Returns how to stop.
 */
export function watchAttention({ told, seen }: { told: (attention: Attention) => void; seen: () => void }): () => void {
  const stopped = new AbortController();
  let attention: Attention | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const become = (next: Attention) => {
    if (next === attention) return;
    attention = next;
    told(next);
  };
  const touched = () => {
    if (document.visibilityState === "hidden") return;
    clearTimeout(timer);
    timer = setTimeout(() => become("away"), IDLE);
    become("online");
  };
  const visibility = () => {
    if (document.visibilityState === "hidden") return become("away");
    touched();
    seen();
  };
  const options = { signal: stopped.signal, passive: true, capture: true };
  for (const event of ["keydown", "pointerdown", "pointermove"]) window.addEventListener(event, touched, options);
  document.addEventListener("visibilitychange", visibility, options);
  if (document.visibilityState === "hidden") become("away");
  else touched();
  return () => {
    stopped.abort();
    clearTimeout(timer);
  };
}
