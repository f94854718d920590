"use client";
import ChevronDown from "lucide-react/icons/chevron-down";
import Search from "lucide-react/icons/search";
import SquarePen from "lucide-react/icons/square-pen";
import { useEffect, useRef } from "react";
import { useHead } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { IconButton } from "@/app/ui/button";
import { Icon } from "@/app/ui/icon";
import { Menu } from "@/app/ui/menu";
import { FOLDERS, type Folder } from "@/domain/thread";
import { FOLDER_WORDS, type Place } from "../model/whereabouts";
import { Resizer } from "../panes/resizer";
import { go } from "../place";
import { FOLDER_ICON } from "../rail/folders";
import { MeMenu } from "../rail/me-menu";
import { useStage } from "../stage";
import { LoadingRows, ThreadList } from "./thread-list";

interface ListPaneProps {
  me: Me | undefined;
  place: Place | undefined;
  /** The pointer or the focus has come to the list: a conversation is likely to be opened next. */
  onNear: () => void;
}

/** The middle pane; on a phone the first one, where it also carries what the rail has. */
export function ListPane({ me, place, onNear }: ListPaneProps) {
  const folder = place?.folder ?? "messages";
  const pane = useFocusOnChange(folder);
  return (
    <section
      id="conversations"
      ref={pane}
      tabIndex={-1}
      aria-label="Conversations"
      onPointerEnter={onNear}
      onFocus={onNear}
      className={`relative flex min-h-0 min-w-0 flex-col border-line border-e outline-none ${place === undefined || place.threadId ? "max-md:hidden" : ""}`}
    >
      <header className="flex h-14 shrink-0 items-center px-4 max-md:hidden">
        <h2 className="font-semibold">{FOLDER_WORDS[folder].title}</h2>
      </header>
      <PhoneBar me={me} folder={folder} />
      {me ? <ThreadList key={folder} folder={folder} me={me} {...(place?.threadId !== undefined && { openId: place.threadId })} /> : <LoadingRows />}
      <Resizer pane="list" label="Width of the list" edge="end" className="max-md:hidden" />
    </section>
  );
}

/** When another folder comes, the former one's rows go away with the focus they had; the pane takes it. */
function useFocusOnChange(folder: Folder) {
  const pane = useRef<HTMLElement>(null);
  const former = useRef(folder);
  useEffect(() => {
    if (former.current === folder) return;
    former.current = folder;
    if (document.activeElement === document.body) pane.current?.focus({ preventScroll: true });
  }, [folder]);
  return pane;
}

function PhoneBar({ me, folder }: { me: Me | undefined; folder: Folder }) {
  const { show } = useStage();
  const { unread } = useHead();
  const items = FOLDERS.map((name) => ({
    label: unread[name] > 0 ? `${FOLDER_WORDS[name].title} (${unread[name]})` : FOLDER_WORDS[name].title,
    icon: FOLDER_ICON[name],
    checked: name === folder,
    onSelect: () => go({ folder: name }),
  }));
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 ps-2 pe-1 md:hidden">
      <Menu
        label="Folders"
        groups={[{ items }]}
        trigger={(props) => (
          <button type="button" {...props} className="flex h-11 items-center gap-1.5 rounded-md px-2 font-semibold text-title">
            {FOLDER_WORDS[folder].title}
            <Icon of={ChevronDown} className="text-muted" />
          </button>
        )}
      />
      <span className="grow" />
      <IconButton icon={Search} label="Search" onClick={() => show({ kind: "palette" })} />
      <IconButton icon={SquarePen} label="New message" onClick={() => show({ kind: "compose" })} />
      {me && <MeMenu me={me} compact />}
    </header>
  );
}
