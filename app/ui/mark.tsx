import { useId } from "react";

const OVER = "M3 6C7 6 8 12 12 12S17 18 21 18";
const BACK = "M3 12C7 12 8 6 12 6H21";
const FRONT = "M3 18H12C16 18 17 12 21 12";

/** Three strands woven into one: the first goes over the second and under the third. */
export function Mark({ size = 24, label }: { size?: number; label?: string }) {
  const id = useId();
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2.5"
      strokeLinecap="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <mask id={`${id}a`}>
        <Gap under={OVER} />
      </mask>
      <mask id={`${id}b`}>
        <Gap under={FRONT} />
      </mask>
      <path d={BACK} stroke="var(--email)" mask={`url(#${id}a)`} />
      <path d={OVER} stroke="var(--chat)" mask={`url(#${id}b)`} />
      <path d={FRONT} stroke="var(--sms)" />
    </svg>
  );
}

const Gap = ({ under }: { under: string }) => (
  <>
    <rect width="24" height="24" fill="white" />
    <path d={under} stroke="black" strokeWidth="5.5" />
  </>
);

/** The mark with the name. */
export const Wordmark = () => (
  <span className="inline-flex items-center gap-2 font-semibold text-large tracking-tight">
    <Mark />
    Braid
  </span>
);
