import type { ReactNode } from "react";
import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

/** A count that stops at 99+; the words carry the whole number. Nothing at zero. `of` completes the sentence: "unread messages". */
export function Badge({ count, of, strong = true }: { count: number; of: string; strong?: boolean }) {
  if (count <= 0) return null;
  return (
    <span
      className={cx(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 text-small",
        strong ? "border border-transparent bg-accent font-medium text-on-accent" : "text-muted",
      )}
    >
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <VisuallyHidden>
        {count} {of}
      </VisuallyHidden>
    </span>
  );
}

export type Tone = "plain" | "accent" | "danger" | "good" | "wait";

const TONE: Record<Tone, string> = {
  plain: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-strong",
  danger: "bg-danger-soft text-danger",
  good: "bg-chat-soft text-chat",
  wait: "bg-email-soft text-email",
};

/** A word that marks a thing: "Admin", "Verified", "This device". */
export const Tag = ({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) => (
  <span className={cx("inline-flex h-5 shrink-0 items-center gap-1 rounded-full border border-transparent px-2 font-medium text-small", TONE[tone])}>
    {children}
  </span>
);
