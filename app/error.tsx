"use client";
import { Button } from "./ui/button";

/** Drawing a page failed. What was written is kept on the device, so trying again costs nothing. */
export default function PageError({ reset, error }: { reset: () => void; error: Error & { digest?: string } }) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <h1 className="font-semibold text-title">This page could not be shown</h1>
      <p className="max-w-96 text-balance text-muted">Your messages and drafts are safe.{error.digest && ` If you report it, say ${error.digest}.`}</p>
      <Button look="primary" size="large" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
