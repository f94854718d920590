import type { Metadata } from "next";
import { OutsidePhones } from "@/app/dev/phone/outside-phones";

export const metadata: Metadata = { title: "Demo phones" };

export default function OutsidePhonesPage() {
  return <OutsidePhones />;
}
