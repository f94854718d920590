"use client";
import { type ReactNode, type RefObject, useState } from "react";
import { lazily } from "./floating";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Keep the title for screen readers, where what is inside speaks for itself (the palette). */
  hideTitle?: boolean;
  description?: ReactNode;
  /** `small` 384 px, `medium` 512, `large` 720; all full width on a phone, from below. */
  size?: "small" | "medium" | "large";
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  /** What has the focus first; the first field or button when absent. */
  initialFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

const Part = lazily<DialogProps>(() => import("./dialog-part"));

/** A modal surface: focus stays inside, Escape closes, and the focus goes back to where it came from. */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  return used ? <Part {...props} /> : null;
}
