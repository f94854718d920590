"use client";
import CloudOff from "lucide-react/icons/cloud-off";
import Hourglass from "lucide-react/icons/hourglass";
import type { ReactNode } from "react";
import { useConnection } from "@/app/replica/hooks";
import { Icon, type IconType } from "@/app/ui/icon";
import { useNow } from "@/app/ui/now";
import { momentWords } from "../model/words";

/** Says since when there is no connection, or a store that takes nothing, and that nothing is lost. Its words change with the state, so they are read out. */
export function OfflineLine() {
  const { state, since, stalledSince } = useConnection();
  const now = useNow();
  return (
    <div role="status" className="col-span-full">
      {state === "offline" && <Line icon={CloudOff}>Offline since {momentWords(since, now)}. What you write is kept and goes when you are back.</Line>}
      {state === "online" && stalledSince !== undefined && (
        <Line icon={Hourglass}>Braid has been slow to save since {momentWords(stalledSince, now)}. What you write is kept and goes by itself.</Line>
      )}
    </div>
  );
}

const Line = ({ icon, children }: { icon: IconType; children: ReactNode }) => (
  <p className="flex items-center justify-center gap-2 bg-email-soft px-4 py-1.5 text-email text-small">
    <Icon of={icon} />
    <span>{children}</span>
  </p>
);
