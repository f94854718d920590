import type { Metadata } from "next";
import { Gallery } from "./gallery";

export const metadata: Metadata = { title: "Parts" };

export default function PartsPage() {
  return <Gallery />;
}
