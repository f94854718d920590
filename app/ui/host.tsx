"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { TipHost } from "./tip-host";
import { onToast, wantsToasts } from "./toast";
import { untilLoaded } from "./until-loaded";

const Toasts = lazy(untilLoaded(() => import("./toasts")));

/** What the page shows once, above everything: the tooltip and the toasts. Both come over the wire only when first needed. */
export function UiHost() {
  const toasts = useSyncExternalStore(onToast, wantsToasts, () => false);
  return (
    <>
      <TipHost />
      {toasts && (
        <Suspense>
          <Toasts />
        </Suspense>
      )}
    </>
  );
}
