"use client";
import Archive from "lucide-react/icons/archive";
import ArchiveRestore from "lucide-react/icons/archive-restore";
import ArrowLeft from "lucide-react/icons/arrow-left";
import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import Ellipsis from "lucide-react/icons/ellipsis";
import Layers from "lucide-react/icons/layers";
import Mail from "lucide-react/icons/mail";
import PanelRight from "lucide-react/icons/panel-right";
import ShieldAlert from "lucide-react/icons/shield-alert";
import UserPlus from "lucide-react/icons/user-plus";
import { useMemo } from "react";
import { usePresence } from "@/app/replica/hooks";
import { IconButton } from "@/app/ui/button";
import { Icon } from "@/app/ui/icon";
import { Menu, type MenuItem } from "@/app/ui/menu";
import type { Thread } from "@/domain/thread";
import { ThreadAvatar } from "../list/thread-avatar";
import { othersOf, type People, threadSubtitle, threadTitle } from "../model/names";
import type { Place } from "../model/whereabouts";
import { OneLine } from "../one-line";
import { leaveThread } from "../place";
import { useStage } from "../stage";
import { useThreadActs } from "../thread-acts";
import { useConversation } from "./context";

const NOBODY = new Map();
const HERE = { online: "online", away: "away", offline: "" } as const;

/** Who this is with, and what can be done with the conversation. */
export function Header({ place, people }: { place: Place; people: People }) {
  const { thread, me, person } = useConversation();
  const { details, showDetails } = useStage();
  const acts = useThreadActs(place);
  const archived = thread.folder === "archive";
  const others = othersOf(thread, me.id);
  const presence = usePresence(useMemo(() => [thread.id], [thread.id]));
  const here = others.length === 1 ? HERE[presence.get(others[0]!) ?? "offline"] : "";
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-line border-b ps-5 pe-3 max-md:gap-1 max-md:px-1">
      <IconButton icon={ArrowLeft} label="Back" keys="Escape" onClick={() => leaveThread(place)} className="md:hidden rtl:-scale-x-100" />
      <ThreadAvatar people={others.length === 0 ? [me] : others.slice(0, 2).map(person)} presence={others.length === 1 ? presence : NOBODY} size={32} />
      <div className="flex min-w-0 grow flex-col max-md:ps-2">
        <h2 className="font-semibold">
          <OneLine>{threadTitle(thread, people, me.id)}</OneLine>
        </h2>
        <p className="text-faint text-small">
          <OneLine>
            {threadSubtitle(thread, people, me.id)}
            {here && `, ${here}`}
          </OneLine>
        </p>
      </div>
      {thread.muted && <Icon of={BellOff} className="text-faint" />}
      <IconButton
        icon={archived ? ArchiveRestore : Archive}
        label={archived ? "Move to Messages" : "Archive"}
        keys="e"
        onClick={() => acts.archive(thread)}
        className="max-md:hidden"
      />
      <Menu
        label="Conversation"
        align="end"
        groups={menuOf(thread, acts)}
        trigger={(props) => <IconButton {...props} icon={Ellipsis} label="What to do with this conversation" />}
      />
      <IconButton
        icon={PanelRight}
        label="Details"
        keys="i"
        pressed={details !== undefined}
        onClick={() => showDetails(details === undefined ? {} : undefined)}
        className="rtl:-scale-x-100"
      />
    </header>
  );
}

function menuOf(thread: Thread, acts: ReturnType<typeof useThreadActs>) {
  const moves: MenuItem[] = [
    {
      label: thread.folder === "archive" ? "Move to Messages" : "Archive",
      icon: thread.folder === "archive" ? ArchiveRestore : Archive,
      keys: "e",
      onSelect: () => acts.archive(thread),
    },
    ...(thread.folder === "other" ? [] : [{ label: "Move to Other", icon: Layers, onSelect: () => acts.move(thread, "other") }]),
    ...(thread.folder === "spam"
      ? [{ label: "Not spam", icon: ShieldAlert, onSelect: () => acts.move(thread, "messages") }]
      : [{ label: "Move to Spam", icon: ShieldAlert, onSelect: () => acts.move(thread, "spam") }]),
    ...(thread.folder === "other" ? [{ label: "Move to Messages", icon: Mail, onSelect: () => acts.move(thread, "messages") }] : []),
  ];
  const state: MenuItem[] = [
    { label: thread.muted ? "Unmute" : "Mute", icon: thread.muted ? Bell : BellOff, keys: "m", onSelect: () => acts.mute(thread) },
    { label: "Mark unread", icon: Mail, keys: "u", onSelect: () => acts.markUnread(thread) },
    ...(thread.kind === "group" && !thread.left ? [{ label: "Add people", icon: UserPlus, onSelect: () => acts.addPeople(thread) }] : []),
  ];
  return [{ items: state }, { items: moves }];
}
