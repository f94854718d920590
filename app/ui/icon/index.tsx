import type { ComponentType } from "react";

// In a folder of its own: a file `icon.tsx` anywhere in app/ would be taken by Next for the icon of a page.

/** An icon of lucide (`import Mail from "lucide-react/icons/mail"`) or one of ours. */
export type IconType = ComponentType<{ size?: number | string; className?: string; "aria-hidden"?: boolean }>;

/** 16 px in text, 20 px alone; never the only words for what it means. */
export const Icon = ({ of: Drawn, size = 16, className }: { of: IconType; size?: 16 | 20 | 12; className?: string }) => (
  <Drawn size={size} aria-hidden className={`shrink-0 ${className ?? ""}`} />
);
