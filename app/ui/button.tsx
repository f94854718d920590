"use client";
import type { ComponentProps, ReactNode, SyntheticEvent } from "react";
import { cx } from "./cx";
import { Icon, type IconType } from "./icon";
import { Spinner } from "./spinner";
import { tip } from "./tip";

export type ButtonLook = "primary" | "quiet" | "plain" | "danger";
type ButtonSize = "small" | "medium" | "large";

const LOOK: Record<ButtonLook, string> = {
  primary: "border border-transparent bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong",
  quiet: "border border-edge/60 bg-raised text-ink hover:bg-hover active:bg-press",
  plain: "text-muted hover:bg-hover hover:text-ink active:bg-press",
  danger: "border border-edge/60 bg-raised text-danger hover:bg-danger-soft active:bg-danger-soft",
};

const SIZE: Record<ButtonSize, string> = {
  small: "h-7 gap-1.5 px-2.5 text-small max-md:h-11",
  medium: "h-8 gap-2 px-3 text-body max-md:h-11",
  large: "h-10 gap-2 px-4 text-body max-md:h-12",
};

const BASE =
  "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-default disabled:opacity-50 aria-disabled:cursor-default";

interface Shared {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconType;
  /** Shown in the tooltip and told to screen readers; binding it is the screen's business. */
  keys?: string;
}

export interface ButtonProps extends Shared, Omit<ComponentProps<"button">, "children"> {
  children: ReactNode;
  /** Under way: it keeps its width and its focus, and does not answer to a second press. */
  pending?: boolean;
}

/** Also keeps Enter in a field from sending a form twice: browsers press its submit button for that. */
const refuse = (event: SyntheticEvent) => event.preventDefault();

/** A button with words. `look`: one primary a screen; quiet for the rest; plain in bars; danger for what cannot be undone. */
export function Button({ look = "quiet", size = "medium", icon, keys, pending = false, className, children, onClick, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      {...(keys && tip(typeof children === "string" ? children : (rest["aria-label"] ?? ""), keys))}
      type={type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? refuse : onClick}
      className={cx(BASE, LOOK[look], SIZE[size], className)}
    >
      {pending && <Spinner className="absolute" />}
      <span className={cx("inline-flex min-w-0 items-center gap-2", pending && "opacity-0")}>
        {icon && <Icon of={icon} />}
        {children}
      </span>
    </button>
  );
}

/** A link that looks like a button. A plain one: Next's would bring 10 KB to the inbox, which has none. */
export function ButtonLink({ look = "quiet", size = "medium", icon, className, children, ...rest }: Shared & ComponentProps<"a">) {
  return (
    <a {...rest} className={cx(BASE, LOOK[look], SIZE[size], className)}>
      {icon && <Icon of={icon} />}
      {children}
    </a>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: IconType;
  /** Its name, for screen readers and the tooltip. */
  label: string;
  keys?: string;
  size?: "small" | "medium";
  /** For a button that stays in. */
  pressed?: boolean;
}

/** A button that is an icon: 32 px (28 small), 44 in the hand, with a name, a tooltip and its key. */
export function IconButton({ icon, label, keys, size = "medium", pressed, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      {...tip(label, keys)}
      {...rest}
      type={type}
      aria-label={label}
      aria-pressed={pressed}
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink active:bg-press disabled:cursor-default disabled:opacity-50",
        "aria-pressed:bg-accent-soft aria-pressed:text-accent-strong aria-expanded:bg-press aria-expanded:text-ink",
        size === "small" ? "size-7 max-md:size-11" : "size-8 max-md:size-11",
        className,
      )}
    >
      <Icon of={icon} size={size === "small" ? 16 : 20} />
    </button>
  );
}
