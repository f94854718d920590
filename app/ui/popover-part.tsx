"use client";
import { Popover } from "@base-ui/react/popover";
import type { PopoverPartProps } from "./popover";

const isOn = (target: EventTarget | null, anchor: HTMLElement | null): boolean => target instanceof Node && anchor?.contains(target) === true;

export default function PopoverPart({ label, side = "bottom", align = "start", children, open, onOpenChange, anchor }: PopoverPartProps) {
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, { reason, event }) => (reason === "outside-press" && isOn(event.target, anchor.current) ? undefined : onOpenChange(next))}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side={side} align={align} sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup
            aria-label={label}
            finalFocus={anchor}
            className="float-in max-h-[var(--available-height)] max-w-[var(--available-width)] overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-float outline-none [--ground:var(--raised)]"
          >
            {children(() => onOpenChange(false))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
