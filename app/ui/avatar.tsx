import type { CSSProperties } from "react";
import { cx } from "./cx";
import { hueOf, initials } from "./name";
import { VisuallyHidden } from "./visually-hidden";

type Presence = "online" | "away" | "offline";
const PRESENCE_WORDS: Readonly<Record<Presence, string>> = { online: "online", away: "away", offline: "offline" };

type AvatarSize = 20 | 24 | 32 | 40 | 56;

const TEXT: Readonly<Record<AvatarSize, string>> = {
  20: "text-[0.5625rem]",
  24: "text-[0.625rem]",
  32: "text-[0.75rem]",
  40: "text-[0.875rem]",
  56: "text-title",
};

export interface AvatarProps {
  name: string;
  /** 0..359; from the name when absent. */
  hue?: number;
  size?: AvatarSize;
  presence?: Presence;
  /** Set where the name stands beside it, which is nearly everywhere: screen readers then hear only the presence. */
  named?: boolean;
}

/** A person as initials on their own colour, with a dot for presence that also has a shape and words. */
export function Avatar({ name, hue, size = 32, presence, named = true }: AvatarProps) {
  const style = { width: size, height: size, "--hue": hue ?? hueOf(name) } as CSSProperties;
  const words = [named ? "" : name, presence ? PRESENCE_WORDS[presence] : ""].filter(Boolean).join(", ");
  return (
    <span style={style} className={cx("tint relative inline-grid shrink-0 place-items-center rounded-full bg-tint font-medium text-on-tint", TEXT[size])}>
      <span aria-hidden className="leading-none" dir="auto">
        {initials(name)}
      </span>
      {presence && <PresenceDot presence={presence} size={size} />}
      {words && <VisuallyHidden>{words}</VisuallyHidden>}
    </span>
  );
}

/** Full for online, a ring for away, nothing for offline: told apart without colour. */
function PresenceDot({ presence, size }: { presence: Presence; size: AvatarSize }) {
  if (presence === "offline") return null;
  return (
    <span
      data-dot={presence}
      aria-hidden
      className={cx(
        "absolute rounded-full outline-2 outline-[var(--ground,var(--paper))] outline-solid",
        size < 40 ? "size-2" : "size-2.5",
        size < 32 ? "-end-0.5 -bottom-0.5" : "-end-px -bottom-px", // further out where it would cover a letter
        presence === "online" ? "bg-chat" : "border-2 border-email bg-[var(--ground,var(--paper))]",
      )}
    />
  );
}

/** A group: the first two of its people, overlapping, in the room of one avatar. */
export function AvatarPair({ names, size = 40 }: { names: readonly { name: string; hue?: number }[]; size?: 32 | 40 }) {
  const [first, second] = names;
  if (first === undefined || second === undefined) return <Avatar name={first?.name ?? "?"} hue={first?.hue} size={size} />;
  const small = size === 40 ? 24 : 20;
  return (
    <span className="relative inline-block shrink-0" style={{ width: size, height: size }}>
      <span className="absolute start-0 top-0 flex">
        <Avatar {...first} size={small} />
      </span>
      <span className="absolute end-0 bottom-0 flex rounded-full ring-2 ring-[var(--ground,var(--paper))]">
        <Avatar {...second} size={small} />
      </span>
    </span>
  );
}
