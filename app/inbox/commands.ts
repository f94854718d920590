"use client";
import { useMemo } from "react";
import { useFolder, useMe } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { setTheme } from "@/app/ui/theme";
import { FOLDERS, type Thread } from "@/domain/thread";
import { focusComposer } from "./composer/focus";
import { cursor, useCursor } from "./list/cursor";
import { FOLDER_KEYS, FOLDER_WORDS, type Place } from "./model/whereabouts";
import { go, leaveThread } from "./place";
import { type Stage, useStage } from "./stage";
import { type ThreadActs, useThreadActs } from "./thread-acts";

export type CommandGroup = "Conversation" | "Go to" | "Braid";

/** Something a person can do by key, and by name from the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  /** As tinykeys writes them; several ways to say the same are listed, the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Moving about is for keys alone; the palette does not list it. */
  readonly keysOnly?: boolean;
  readonly run: () => void;
}

/** Everything that can be done now, for the keys, the palette and the list of keys alike. */
export function useCommands(place: Place | undefined): readonly Command[] {
  const stage = useStage();
  const acts = useThreadActs(place);
  const me = useMe();
  const at = useCursor();
  const folder = place?.folder ?? "messages";
  const { threads } = useFolder(folder);
  const meant = place?.threadId ?? at;
  const thread = useMemo(() => threads.find(({ id }) => id === meant), [threads, meant]);
  return useMemo(() => [...aboutThread(thread, acts, stage), ...moving(place), ...going(me), ...braid(stage)], [thread, acts, stage, place, me]);
}

function aboutThread(thread: Thread | undefined, acts: ThreadActs, stage: Stage): Command[] {
  if (thread === undefined) return [];
  const group = "Conversation";
  return [
    { id: "archive", label: thread.folder === "archive" ? "Move to Messages" : "Archive", group, keys: ["e"], run: () => acts.archive(thread) },
    { id: "unread", label: "Mark unread", group, keys: ["u", "Shift+U"], run: () => acts.markUnread(thread) },
    { id: "mute", label: thread.muted ? "Unmute" : "Mute", group, keys: ["m"], run: () => acts.mute(thread) },
    {
      id: "spam",
      label: thread.folder === "spam" ? "Not spam" : "Move to Spam",
      group,
      keys: ["!", "Shift+!"],
      run: () => acts.move(thread, thread.folder === "spam" ? "messages" : "spam"),
    },
    { id: "other", label: "Move to Other", group, run: () => acts.move(thread, "other") },
    { id: "details", label: "Show or hide details", group, keys: ["i"], run: () => stage.showDetails(stage.details === undefined ? {} : undefined) },
    ...(thread.kind === "group" && !thread.left ? [{ id: "add", label: "Add people", group, run: () => acts.addPeople(thread) } as const] : []),
  ];
}

function moving(place: Place | undefined): Command[] {
  const group = "Conversation";
  const keysOnly = true;
  return [
    { id: "next", label: "Next conversation in the list", group, keysOnly, keys: ["j"], run: () => cursor.move(1) },
    { id: "previous", label: "Previous conversation in the list", group, keysOnly, keys: ["k"], run: () => cursor.move(-1) },
    { id: "reply", label: "Write in the open conversation", group, keysOnly, keys: ["r"], run: focusComposer },
    { id: "close", label: "Close what is open", group, keysOnly, keys: ["Escape"], run: () => close(place) },
  ];
}

function close(place: Place | undefined): void {
  if (place?.threadId === undefined) return;
  leaveThread(place);
  cursor.focusSoon();
}

function going(me: Me | undefined): Command[] {
  const group = "Go to";
  const folders = FOLDERS.map(
    (folder): Command => ({ id: `go-${folder}`, label: FOLDER_WORDS[folder].title, group, keys: [FOLDER_KEYS[folder]], run: () => go({ folder }) }),
  );
  const pages: Command[] = [
    { id: "settings", label: "Settings", group, run: () => location.assign("/settings") },
    ...(me?.role === "admin" ? [{ id: "admin", label: "Admin", group, run: () => location.assign("/admin") } as const] : []),
  ];
  return [...folders, ...pages];
}

function braid(stage: Stage): Command[] {
  const group = "Braid";
  return [
    { id: "compose", label: "New message", group, keys: ["c"], run: () => stage.show({ kind: "compose" }) },
    {
      id: "palette",
      label: "Search people, conversations and commands",
      group,
      keysOnly: true,
      keys: ["$mod+k", "/"],
      run: () => stage.show({ kind: "palette" }),
    },
    { id: "keys", label: "List of keys", group, keys: ["?", "Shift+?"], run: () => stage.show({ kind: "keys" }) },
    { id: "light", label: "Light theme", group, run: () => setTheme("light") },
    { id: "dark", label: "Dark theme", group, run: () => setTheme("dark") },
    { id: "system", label: "Theme as the system", group, run: () => setTheme("system") },
  ];
}
