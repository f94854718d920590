import type { ReactNode } from "react";
import { Inbox } from "@/app/inbox/inbox";
import { WIDTHS_SCRIPT } from "@/app/inbox/panes/widths";

/** One inbox for all its addresses: what is open follows the address, and nothing is drawn anew on the way. */
export default function InboxLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <script>{WIDTHS_SCRIPT}</script>
      <Inbox />
      {children}
    </>
  );
}
