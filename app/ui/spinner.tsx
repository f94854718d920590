import { cx } from "./cx";

/** Shown only when waiting lasts: it appears after 150 ms. Say in words what is awaited beside it. */
export const Spinner = ({ className }: { className?: string }) => (
  <span className={cx("appear-late inline-flex", className)} aria-hidden>
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      className="animate-spin"
      aria-hidden="true"
    >
      <path d="M8 1.75a6.25 6.25 0 1 1-6.25 6.25" />
    </svg>
  </span>
);
