import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Gallery } from "./gallery";

export const metadata: Metadata = { title: "Parts" };

export default function PartsPage() {
  if (process.env.NODE_ENV === "production") notFound();
  return <Gallery />;
}
