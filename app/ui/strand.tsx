import type { Channel } from "@/domain/address";
import { CHANNEL, ChannelIcon } from "./channel";
import { cx } from "./cx";

/** "Last messages: e-mail, then 2 by chat" would be the ear's view of the knots. */
export function knotWords(channels: readonly Channel[]): string {
  const runs: { channel: Channel; count: number }[] = [];
  for (const channel of channels) {
    const run = runs.at(-1);
    if (run?.channel === channel) run.count += 1;
    else runs.push({ channel, count: 1 });
  }
  const words = runs.map(({ channel, count }) => (count > 1 ? `${CHANNEL[channel].word} ${count} times` : CHANNEL[channel].word));
  return words.length === 0 ? "No messages yet" : `Last messages: ${words.join(", then ")}`;
}

const STEP = 8;

/** The last messages of a thread as knots on its strand, oldest first; each stretch of line has the colour of the knot it leads to. */
export function Knots({ channels, className }: { channels: readonly Channel[]; className?: string }) {
  const width = channels.length * STEP;
  return (
    <svg
      role="img"
      aria-label={knotWords(channels)}
      width={width}
      height={STEP}
      viewBox={`0 0 ${width} ${STEP}`}
      className={cx("shrink-0 rtl:-scale-x-100", className)}
    >
      {channels.map((channel, place) => (
        // A knot is its place: the row is a picture of the last few, not a list of things with names.
        <g key={`${place}-${channel}`} className={CHANNEL[channel].text} data-knot={channel}>
          {place > 0 && <path d={`M${(place - 0.5) * STEP} 4h${STEP}`} stroke="currentColor" strokeWidth="1.5" />}
          <Knot channel={channel} x={(place + 0.5) * STEP} />
        </g>
      ))}
    </svg>
  );
}

/** Each channel's knot has its own shape, so the row can be read without colour: a dot, a square, a ring, a diamond. */
function Knot({ channel, x }: { channel: Channel; x: number }) {
  switch (channel) {
    case "chat":
      return <circle cx={x} cy="4" r="2.75" fill="currentColor" />;
    case "email":
      return <rect x={x - 2.5} y="1.5" width="5" height="5" rx="0.75" fill="currentColor" />;
    case "sms":
      return <circle cx={x} cy="4" r="2.1" fill="var(--ground, var(--paper))" stroke="currentColor" strokeWidth="1.5" />;
    case "site":
      return <path d={`M${x} .75 l3.25 3.25 l-3.25 3.25 l-3.25 -3.25z`} fill="currentColor" />;
    default:
      return channel satisfies never;
  }
}

export interface StrandProps {
  channel: Channel;
  /** Channel of the message above; the icon shows where it changes, and always on the first. */
  before?: Channel;
  /** The strand begins or ends here. */
  first?: boolean;
  last?: boolean;
}

/**
 * The strand beside one message: put it as the first child of a relatively placed row with `ps-8`. It is a 2 px line at 11 px from
 * the row's start, over its whole height, so that stacked rows make one line; the icon sits on it where the channel changes.
 */
export function Strand({ channel, before, first = false, last = false }: StrandProps) {
  const changes = first || before !== channel;
  return (
    <span className="pointer-events-none absolute inset-y-0 start-0 w-6" data-strand={channel}>
      {before && !first && <span className={cx("absolute start-[11px] top-0 h-4 w-0.5", CHANNEL[before].fill)} />}
      {!last && <span className={cx("absolute start-[11px] bottom-0 w-0.5", changes ? "top-4" : "top-0", CHANNEL[channel].fill)} />}
      {changes && (
        <span className="absolute start-0 top-1 grid size-6 place-items-center bg-[var(--ground,var(--paper))]">
          <ChannelIcon channel={channel} />
        </span>
      )}
    </span>
  );
}
