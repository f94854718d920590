"use client";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import { useEffect, useState } from "react";
import type { MessageView } from "@/app/replica/types";
import { cx } from "@/app/ui/cx";
import { Icon, type IconType } from "@/app/ui/icon";
import type { Id } from "@/domain/id";
import type { Row } from "../model/rows";
import { plural } from "../model/words";
import { useConversation } from "./context";

interface PillsProps {
  rows: readonly Row<MessageView>[];
  /** Index of the first row on the screen; beyond the last while that is not known. */
  first: number;
  atEnd: boolean;
  onUnread: (index: number) => void;
  onEnd: () => void;
}

/** The ways to what is new: up to where reading stopped, down to what came meanwhile. */
export function Pills({ rows, first, atEnd, onUnread, onEnd }: PillsProps) {
  const { me } = useConversation();
  const came = useCame(rows, atEnd, me.id);
  const unread = rows.findIndex((row) => row.unread);
  const [visited, setVisited] = useState(false);
  useEffect(() => {
    if (unread >= 0 && first <= unread) setVisited(true);
  }, [unread, first]);
  return (
    <>
      {unread >= 0 && !visited && first < rows.length && (
        <Pill className="top-3" icon={ArrowUp} onClick={() => onUnread(unread)}>
          {plural(rows.slice(unread).filter(({ message }) => message.from !== me.id).length, "new message")}
        </Pill>
      )}
      {!atEnd && (
        <Pill className="bottom-3" icon={ArrowDown} strong={came > 0} onClick={onEnd}>
          {came > 0 ? `${came} new` : "To the newest"}
        </Pill>
      )}
    </>
  );
}

/** How many messages of others came since the end was last on the screen. */
function useCame(rows: readonly Row<MessageView>[], atEnd: boolean, me: string): number {
  const newest = rows.at(-1)?.message.id ?? "";
  const [seen, setSeen] = useState<Id>(newest);
  useEffect(() => {
    if (atEnd) setSeen(newest);
  }, [atEnd, newest]);
  if (atEnd) return 0;
  let count = 0;
  for (let at = rows.length - 1; at >= 0 && rows[at]!.message.id > seen; at--) if (rows[at]!.message.from !== me) count++;
  return count;
}

interface PillProps {
  icon: IconType;
  onClick: () => void;
  strong?: boolean;
  className: string;
  children: string;
}

const Pill = ({ icon, onClick, strong = false, className, children }: PillProps) => (
  <div className={cx("pointer-events-none absolute inset-x-0 flex justify-center", className)}>
    <button
      type="button"
      onClick={onClick}
      className={cx(
        "pointer-events-auto flex h-8 items-center gap-2 rounded-full px-3 font-medium text-small shadow-float max-md:h-11",
        strong ? "bg-accent text-on-accent hover:bg-accent-strong" : "bg-raised text-muted hover:text-ink",
      )}
    >
      <Icon of={icon} />
      {children}
    </button>
  </div>
);
