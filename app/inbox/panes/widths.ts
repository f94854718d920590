/** Widths of the panes, in pixels, kept on this device. The page's root element carries them as `--<name>-width`. */
export const PANES = {
  rail: { usual: 232, min: 200, max: 320 },
  list: { usual: 360, min: 280, max: 520 },
  details: { usual: 320, min: 280, max: 480 },
} as const;

export type Pane = keyof typeof PANES;

const keyOf = (pane: Pane): string => `braid.width.${pane}`;

export const fitting = (pane: Pane, width: number): number => Math.round(Math.min(PANES[pane].max, Math.max(PANES[pane].min, width)));

/** The width a pane has now. Asked only in the browser. */
export function readWidth(pane: Pane): number {
  const set = Number.parseFloat(document.documentElement.style.getPropertyValue(`--${pane}-width`));
  return Number.isFinite(set) ? set : PANES[pane].usual;
}

export function setWidth(pane: Pane, width: number): number {
  const fits = fitting(pane, width);
  document.documentElement.style.setProperty(`--${pane}-width`, `${fits}px`);
  try {
    localStorage.setItem(keyOf(pane), String(fits));
  } catch {
    // Storage may be refused; the width then lasts as long as the page.
  }
  return fits;
}

/** Runs before the first paint, so that the panes never jump to their remembered widths. */
export const WIDTHS_SCRIPT =
  `try{for(const p of ${JSON.stringify(Object.keys(PANES)).replaceAll('"', "`")}){const w=localStorage.getItem("braid.width."+p);if(w)document.documentElement.style.setProperty("--"+p+"-width",+w+"px")}}catch{}`.replaceAll(
    '"',
    "`",
  );
