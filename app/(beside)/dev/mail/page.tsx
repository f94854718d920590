import type { Metadata } from "next";
import { OutsideMail } from "@/app/dev/mail/outside-mail";

export const metadata: Metadata = { title: "Outside mail" };

export default function OutsideMailPage() {
  return <OutsideMail />;
}
