import type { Metadata } from "next";
import { ButtonLink } from "./ui/button";
import { Mark } from "./ui/mark";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <Mark size={40} />
      <h1 className="font-semibold text-title">There is nothing at this address</h1>
      <p className="max-w-96 text-balance text-muted">It may have been moved or mistyped. Your messages are where they were.</p>
      <ButtonLink look="primary" size="large" href="/">
        Go to your inbox
      </ButtonLink>
    </main>
  );
}
