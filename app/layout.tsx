import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { UiHost } from "./ui/host";

export const metadata: Metadata = {
  title: { default: "Braid", template: "%s · Braid" },
  description: "Chat, e-mail, SMS and site messages from one person in one conversation.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
};

/** Runs before the first paint, so a stored choice never flashes. Back quotes, because React escapes the others in a script's text. */
const THEME_SCRIPT = "try{document.documentElement.dataset.theme=localStorage.getItem(`braid.theme`)||`system`}catch{}";

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <script>{THEME_SCRIPT}</script>
      </head>
      <body>
        {children}
        <UiHost />
      </body>
    </html>
  );
}
