"use client";
import Archive from "lucide-react/icons/archive";
import Inbox from "lucide-react/icons/inbox";
import Layers from "lucide-react/icons/layers";
import ShieldAlert from "lucide-react/icons/shield-alert";
import type { MouseEvent } from "react";
import { useHead } from "@/app/replica/hooks";
import { Badge } from "@/app/ui/badge";
import { cx } from "@/app/ui/cx";
import { Icon, type IconType } from "@/app/ui/icon";
import { tip } from "@/app/ui/tip";
import { FOLDERS, type Folder } from "@/domain/thread";
import { FOLDER_KEYS, FOLDER_WORDS, placePath } from "../model/whereabouts";
import { go } from "../place";

export const FOLDER_ICON: Readonly<Record<Folder, IconType>> = { messages: Inbox, other: Layers, archive: Archive, spam: ShieldAlert };

/** The folders with their unread counts: what a count says is what the folder shows in bold. */
export function Folders({ current }: { current: Folder | undefined }) {
  const { unread } = useHead();
  return (
    <ul className="flex flex-col gap-0.5">
      {FOLDERS.map((folder) => (
        <li key={folder}>
          <FolderLink folder={folder} current={folder === current} unread={unread[folder]} />
        </li>
      ))}
    </ul>
  );
}

function FolderLink({ folder, current, unread }: { folder: Folder; current: boolean; unread: number }) {
  const visit = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ folder });
  };
  return (
    <a
      href={placePath({ folder })}
      {...tip(FOLDER_WORDS[folder].title, FOLDER_KEYS[folder])}
      onClick={visit}
      aria-current={current ? "true" : undefined}
      className={cx(
        "relative flex h-8 items-center gap-3 rounded-md px-2 max-rail:size-10 max-rail:justify-center max-rail:px-0",
        current ? "bg-press font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Icon of={FOLDER_ICON[folder]} size={16} className="max-rail:scale-125" />
      <span className="min-w-0 grow truncate max-rail:sr-only">{FOLDER_WORDS[folder].title}</span>
      <span className="max-rail:absolute max-rail:-end-1 max-rail:-top-1 max-rail:origin-top-right max-rail:scale-[0.8]">
        <Badge count={unread} of={unread === 1 ? "unread conversation" : "unread conversations"} strong={folder === "messages"} />
      </span>
    </a>
  );
}
