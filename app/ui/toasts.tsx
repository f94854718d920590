"use client";
import { Toaster } from "sonner";

const CLASSES = {
  toast: "flex w-full font-sans items-center gap-3 rounded-lg bg-ink py-3 ps-4 pe-3 text-paper shadow-float",
  content: "min-w-0 grow",
  title: "text-body",
  actionButton: "shrink-0 rounded-md px-3 py-1 font-medium hover:bg-paper/15 max-md:min-h-11",
  icon: "hidden",
};

/** Ink on paper turned round, so that a toast stands out from both themes without a colour of its own. */
export default function Toasts() {
  return (
    <Toaster
      position="bottom-center"
      offset={24}
      mobileOffset={{ bottom: "calc(env(safe-area-inset-bottom) + 5rem)" }}
      gap={8}
      toastOptions={{ unstyled: true, classNames: CLASSES }}
    />
  );
}
