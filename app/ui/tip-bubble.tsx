"use client";
import { Tooltip } from "@base-ui/react/tooltip";
import { Kbd } from "./kbd";

/** The tooltip itself, beside the element it belongs to, with the element's key. */
export default function TipBubble({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) {
  const { tip, keys } = anchor.dataset;
  return (
    <Tooltip.Root open onOpenChange={(open) => !open && onClose()}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} collisionPadding={8} className="pointer-events-none z-50">
          <Tooltip.Popup className="float-in flex max-w-80 items-center gap-2 rounded-md bg-ink px-2 py-1 text-paper text-small shadow-float">
            {tip}
            {keys && <Kbd keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
