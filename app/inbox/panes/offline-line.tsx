"use client";
import CloudOff from "lucide-react/icons/cloud-off";
import { useConnection } from "@/app/replica/hooks";
import { Icon } from "@/app/ui/icon";
import { useNow } from "@/app/ui/now";
import { momentWords } from "../model/words";

/** Says since when there is no connection, and that nothing is lost. Its words change with the state, so they are read out. */
export function OfflineLine() {
  const { state, since } = useConnection();
  const now = useNow();
  return (
    <div role="status" className="col-span-full">
      {state === "offline" && (
        <p className="flex items-center justify-center gap-2 bg-email-soft px-4 py-1.5 text-email text-small">
          <Icon of={CloudOff} />
          Offline since {momentWords(since, now)}. What you write is kept and goes when you are back.
        </p>
      )}
    </div>
  );
}
