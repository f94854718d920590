"use client";
import { Dialog } from "@base-ui/react/dialog";
import X from "lucide-react/icons/x";
import { useRef } from "react";
import { IconButton } from "./button";
import { cx } from "./cx";
import type { DialogProps } from "./dialog";

/** A dialog that asks for something begins at the field, not at its own way out. */
const FIELD = "input:not([type=hidden]), textarea";
const WIDTH = { small: "md:max-w-sm", medium: "md:max-w-lg", large: "md:max-w-[45rem]" };

export default function DialogPart({ open, onOpenChange, title, hideTitle, description, size = "medium", footer, initialFocus, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-veil transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-30 grid items-end justify-items-center md:items-start md:pt-[12dvh]">
          <Dialog.Popup
            ref={popup}
            initialFocus={initialFocus ?? (() => popup.current?.querySelector<HTMLElement>(FIELD) ?? true)}
            className={cx(
              "float-in flex max-h-[88dvh] w-full flex-col gap-4 overflow-y-auto rounded-t-lg bg-raised p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-float outline-none [--ground:var(--raised)] md:max-h-[76dvh] md:w-[calc(100%-3rem)] md:rounded-lg",
              WIDTH[size],
            )}
          >
            <header className={cx("flex items-start gap-3", hideTitle && "sr-only")}>
              <div className="flex min-w-0 grow flex-col gap-1">
                <Dialog.Title className="font-semibold text-large">{title}</Dialog.Title>
                {description && <Dialog.Description className="text-muted">{description}</Dialog.Description>}
              </div>
              <Dialog.Close render={<IconButton icon={X} label="Close" keys="Escape" size="small" className="max-md:-me-2.5 max-md:-mt-2.5" />} />
            </header>
            {children}
            {footer && <footer className="flex flex-wrap justify-end gap-2 pt-1">{footer}</footer>}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
