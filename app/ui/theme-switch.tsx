"use client";
import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { useId, useSyncExternalStore } from "react";
import { Icon } from "./icon";
import { onTheme, readTheme, setTheme, type Theme } from "./theme";

const CHOICES = [
  { theme: "system", word: "As the system", icon: Monitor },
  { theme: "light", word: "Light", icon: Sun },
  { theme: "dark", word: "Dark", icon: Moon },
] as const;

/** Light, dark, or as the system says; kept on this device. */
export function ThemeSwitch() {
  const group = useId();
  const chosen = useSyncExternalStore<Theme>(onTheme, readTheme, () => "system");
  return (
    <fieldset className="inline-flex gap-0.5 rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ theme, word, icon }) => (
        <label
          key={theme}
          className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-3 text-muted transition-colors has-[:checked]:bg-accent-soft has-[:checked]:text-accent-strong forced-colors:has-[:checked]:outline-2 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent max-md:h-11"
        >
          <input type="radio" name={group} className="sr-only" checked={chosen === theme} onChange={() => setTheme(theme)} />
          <Icon of={icon} />
          {word}
        </label>
      ))}
    </fieldset>
  );
}
