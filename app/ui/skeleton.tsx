import type { ReactNode } from "react";
import { cx } from "./cx";
import { VisuallyHidden } from "./visually-hidden";

/** The shape of what is coming; give it the real height by `className`. Put it in `Loading`, which keeps it away for 150 ms. */
export const Skeleton = ({ className, round = false }: { className?: string; round?: boolean }) => (
  <span aria-hidden className={cx("block bg-hover", round ? "rounded-full" : "rounded-sm", className)} />
);

/** Skeletons and the words for what is awaited. The room is taken at once, so nothing jumps; the shapes show after 150 ms. */
export const Loading = ({ of, className, children }: { of: string; className?: string; children?: ReactNode }) => (
  <div role="status" className={className}>
    <VisuallyHidden>Loading {of}</VisuallyHidden>
    <div className="appear-late">{children}</div>
  </div>
);
