import { useId } from "react";

const OVER = "M2 5H3C8.5 5 7.5 12 12 12S15.5 19 21 19H22";
const BACK = "M2 12H3C8.5 12 7.5 5 12 5H22";
const FRONT = "M2 19H12C16.5 19 15.5 12 21 12H22";

/** Three strands woven into one: the first goes over the second and under the third. */
export function Mark({ size = 24, label }: { size?: number; label?: string }) {
  const id = useId();
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="3"
      strokeLinecap="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <mask id={`${id}a`} maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">
        <Gap under={OVER} />
      </mask>
      <mask id={`${id}b`} maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">
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
    <path d={under} stroke="black" strokeWidth="5.6" />
  </>
);

/** The mark with the name. */
export const Wordmark = () => (
  <span className="inline-flex items-center gap-2 font-semibold text-large tracking-tight">
    <Mark />
    Braid
  </span>
);
