"use client";
import { Button } from "./ui/button";
import { ErrorState } from "./ui/states";

/** Drawing a page failed. What was written is kept on the device, so trying again costs nothing. */
export default function PageError({ reset, error }: { reset: () => void; error: Error & { digest?: string } }) {
  return (
    <main className="grid min-h-dvh place-content-center">
      <ErrorState
        what="This page could not be shown."
        works={`Your messages and drafts are safe.${error.digest ? ` If you report it, say ${error.digest}.` : ""}`}
        action={
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        }
      />
    </main>
  );
}
