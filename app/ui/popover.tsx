"use client";
import type { ReactNode } from "react";
import { type FloatingProps, lazily, type Trigger, useFloating } from "./floating";

export interface PopoverProps {
  /** What it is, for screen readers. */
  label: string;
  /** Draws the button: `(props) => <IconButton {...props} icon={Smile} label="Emoji" />`. */
  trigger: Trigger;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** What is inside, made when it opens. */
  children: (close: () => void) => ReactNode;
}

export type PopoverPartProps = Omit<PopoverProps, "trigger" | "open" | "onOpenChange"> & FloatingProps;

const load = () => import("./popover-part");
const Part = lazily<PopoverPartProps>(load);

/** A button that opens a small surface with anything on it. */
export function Popover({ trigger: draw, open, onOpenChange, ...popover }: PopoverProps) {
  const { trigger, mounted, floating } = useFloating("dialog", load, { open, onOpenChange });
  return (
    <>
      {draw(trigger)}
      {mounted && <Part {...popover} {...floating} />}
    </>
  );
}
