"use client";
import { useSyncExternalStore } from "react";
import { useConnection } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { Avatar } from "@/app/ui/avatar";
import { Menu, type MenuGroup } from "@/app/ui/menu";
import { onTheme, readTheme, setTheme, type Theme } from "@/app/ui/theme";
import { OneLine } from "../one-line";
import { useStage } from "../stage";

/** The world outside, where the demo has its own. */
const DEMO = [
  { label: "Demo mail", href: "/dev/mail" },
  { label: "Demo phones", href: "/dev/phone" },
];

const THEMES = [
  { theme: "system", label: "As the system" },
  { theme: "light", label: "Light" },
  { theme: "dark", label: "Dark" },
] as const;

/** The person herself: settings, theme, and the way out. */
export function MeMenu({ me, compact = false }: { me: Me; compact?: boolean }) {
  const { show } = useStage();
  const { state } = useConnection();
  const theme = useSyncExternalStore<Theme>(onTheme, readTheme, () => "system");
  const groups: MenuGroup[] = [
    {
      items: [
        { label: "Settings", href: "/settings" },
        ...(me.role === "admin" ? [{ label: "Admin", href: "/admin" }] : []),
        ...(me.demo ? DEMO : []),
        { label: "Keys", keys: "?", onSelect: () => show({ kind: "keys" }) },
      ],
    },
    { heading: "Theme", items: THEMES.map(({ theme: choice, ...item }) => ({ ...item, checked: theme === choice, onSelect: () => setTheme(choice) })) },
    { items: [{ label: "Sign out", onSelect: () => void leave() }] },
  ];
  return (
    <Menu
      label="You"
      side={compact ? "bottom" : "top"}
      align={compact ? "end" : "start"}
      groups={groups}
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`${me.name}: settings, theme, sign out`}
          className={
            compact
              ? "grid size-11 place-items-center rounded-full"
              : "flex min-w-0 items-center gap-3 rounded-md p-2 text-start hover:bg-hover aria-expanded:bg-press max-rail:justify-center"
          }
        >
          <Avatar name={me.name} hue={me.hue} size={compact ? 32 : 24} presence={state === "online" ? "online" : "offline"} />
          {!compact && <OneLine className="grow font-medium max-rail:sr-only">{me.name}</OneLine>}
        </button>
      )}
    />
  );
}

/** The session ends on the server first; then the page starts afresh, so that nothing of the mailbox stays in this tab. */
async function leave(): Promise<void> {
  const { signOut } = await import("@/app/auth/client");
  await signOut();
  location.assign("/sign-in");
}
