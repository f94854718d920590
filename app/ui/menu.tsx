"use client";
import { type FloatingProps, lazily, type Trigger, useFloating } from "./floating";
import type { IconType } from "./icon";

export interface MenuItem {
  label: string;
  icon?: IconType;
  keys?: string;
  onSelect?: () => void;
  /** Makes it a link. */
  href?: string;
  /** Given, it is a choice with a tick. */
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
}

/** Items in groups; a line stands between groups, a heading over one that has it. */
export interface MenuGroup {
  heading?: string;
  items: readonly MenuItem[];
}

export interface MenuProps {
  /** What the menu is of, for screen readers. */
  label: string;
  /** Draws the button: `(props) => <IconButton {...props} icon={More} label="More" />`. */
  trigger: Trigger;
  groups: readonly MenuGroup[];
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export type MenuPartProps = Omit<MenuProps, "trigger" | "open" | "onOpenChange"> & FloatingProps;

const load = () => import("./menu-part");
const Part = lazily<MenuPartProps>(load);

/** A button that opens a menu of acts. */
export function Menu({ trigger: draw, open, onOpenChange, ...menu }: MenuProps) {
  const { trigger, mounted, floating } = useFloating("menu", load, { open, onOpenChange });
  return (
    <>
      {draw(trigger)}
      {mounted && <Part {...menu} {...floating} />}
    </>
  );
}
