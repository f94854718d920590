"use client";
import { type ComponentType, type KeyboardEvent, lazy, type ReactElement, type RefObject, Suspense, useRef, useState } from "react";
import { untilLoaded } from "./until-loaded";

/** What a trigger spreads onto its button. */
interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>;
  "aria-haspopup": "menu" | "dialog";
  "aria-expanded": boolean;
  onPointerEnter: () => void;
  onFocus: () => void;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What the lazily loaded half gets. */
export interface FloatingProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  anchor: RefObject<HTMLButtonElement | null>;
}

export type Trigger = (props: TriggerProps) => ReactElement;

/**
 * A menu or popover in two halves: the button, which is there from the start, and what it opens, whose code (some 60 KB) is fetched
 * when the pointer or the focus comes near. `open` and `onOpenChange` are for screens that also open it by key.
 */
export function useFloating(kind: "menu" | "dialog", load: () => Promise<unknown>, controlled: { open?: boolean; onOpenChange?: (open: boolean) => void }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [own, setOwn] = useState(false);
  const [used, setUsed] = useState(false);
  const open = controlled.open ?? own;
  const onOpenChange = (next: boolean) => {
    if (next) setUsed(true);
    setOwn(next);
    controlled.onOpenChange?.(next);
  };
  const near = () => void load().catch(() => {}); // it is tried again when it is wanted
  const onKeyDown = (event: KeyboardEvent) => {
    if (kind !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    onOpenChange(true);
  };
  const trigger: TriggerProps = {
    ref: anchor,
    "aria-haspopup": kind,
    "aria-expanded": open,
    onPointerEnter: near,
    onFocus: near,
    onClick: () => onOpenChange(!open),
    onKeyDown,
  };
  return { trigger, mounted: used || open, floating: { open, onOpenChange, anchor } satisfies FloatingProps };
}

/** Renders the lazy half once it has been wanted. */
export const lazily = <P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> => {
  const Part = lazy(untilLoaded(load));
  return function Lazily(props: P) {
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  };
};
