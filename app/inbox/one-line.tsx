import type { ReactNode } from "react";
import { cx } from "@/app/ui/cx";

/**
 * Words of somebody else's in one line: they run, and are cut short, in their own direction, but stand where the page's direction
 * puts them.
 */
export const OneLine = ({ className, children }: { className?: string; children: ReactNode }) => (
  <span className={cx("flex min-w-0", className)}>
    <span dir="auto" className="min-w-0 truncate">
      {children}
    </span>
  </span>
);
