import Check from "lucide-react/icons/check";
import CircleX from "lucide-react/icons/circle-x";
import Hourglass from "lucide-react/icons/hourglass";
import type { IconType } from "@/app/ui/icon";
import type { Probe } from "./data";

/** How something is, as a word, a sign and a colour. */
export const STATE: Readonly<Record<Probe["state"], { word: string; icon: IconType; text: string }>> = {
  ok: { word: "Works", icon: Check, text: "text-chat" },
  slow: { word: "Slow", icon: Hourglass, text: "text-email" },
  broken: { word: "Broken", icon: CircleX, text: "text-danger" },
};
