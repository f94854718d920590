"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "@/app/queries";

/** The pages beside the inbox. They load by TanStack Query; the inbox has its own replica and does not carry the library. */
export default function BesideLayout({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
