import type { Metadata } from "next";
import { Admin } from "@/app/admin/admin";

export const metadata: Metadata = { title: "How Braid is doing" };

export default function AdminPage() {
  return <Admin />;
}
