import type { ReactNode } from "react";
import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

const BOX = "mx-auto flex max-w-96 flex-col items-center gap-4 px-6 py-12 text-center text-balance";

/** Nothing here, which is no failure: one sentence, at most one action. */
export const EmptyState = ({ children, action, className }: { children: ReactNode; action?: ReactNode; className?: string }) => (
  <div className={cx(BOX, className)}>
    <p className="text-muted">{children}</p>
    {action}
  </div>
);

export interface ErrorStateProps {
  /** What happened, in a person's words. */
  what: string;
  /** What still works, or what was not lost. */
  works?: string;
  /** What to do: usually a button that tries again. */
  action?: ReactNode;
  className?: string;
}

export const ErrorState = ({ what, works, action, className }: ErrorStateProps) => (
  <div role="alert" className={cx(BOX, className)}>
    <div className="flex flex-col gap-1">
      <p className="font-medium">{what}</p>
      {works && <p className="text-muted">{works}</p>}
    </div>
    {action}
  </div>
);

/** One line in place of a form's or a list's result: what went wrong, or what is good to know. */
export const Note = ({ tone = "plain", children }: { tone?: "plain" | "danger" | "wait"; children: ReactNode }) => (
  <p
    role={tone === "danger" ? "alert" : "status"}
    className={cx(
      "rounded-md px-3 py-2 text-small",
      { plain: "bg-hover text-muted", danger: "bg-danger-soft text-danger", wait: "bg-email-soft text-email" }[tone],
    )}
  >
    {children}
  </p>
);

/** The way to the page's content for those who go by keyboard; the first thing in a page. */
export const SkipLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <a
    href={`#${to}`}
    className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
  >
    {children}
    <VisuallyHidden> on this page</VisuallyHidden>
  </a>
);
