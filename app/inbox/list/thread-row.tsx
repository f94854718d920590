"use client";
import Archive from "lucide-react/icons/archive";
import ArchiveRestore from "lucide-react/icons/archive-restore";
import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import Ellipsis from "lucide-react/icons/ellipsis-vertical";
import MailOpen from "lucide-react/icons/mail";
import { type MouseEvent, memo, useMemo } from "react";
import { usePeople } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { IconButton } from "@/app/ui/button";
import { ChannelIcon } from "@/app/ui/channel";
import { cx } from "@/app/ui/cx";
import { Icon } from "@/app/ui/icon";
import { Menu } from "@/app/ui/menu";
import { Time } from "@/app/ui/moment";
import { Knots } from "@/app/ui/strand";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import type { ParticipantId } from "@/domain/address";
import { timeOfId } from "@/domain/id";
import type { PresenceState } from "@/domain/realtime";
import { counts, type Folder, isUnread, type Thread } from "@/domain/thread";
import { useActs } from "../acts";
import { listLine, stateWords } from "../model/list";
import { othersOf, type People, personOf, threadTitle } from "../model/names";
import { placePath } from "../model/whereabouts";
import { OneLine } from "../one-line";
import { go } from "../place";
import { cursor } from "./cursor";
import { ThreadAvatar } from "./thread-avatar";

/** Height of a row in pixels; the list reckons with it. */
export const ROW = 64;

export interface ThreadRowProps {
  thread: Thread;
  folder: Folder;
  me: Me;
  open: boolean;
  /** The one row that Tab reaches. */
  stop: boolean;
  presence: ReadonlyMap<ParticipantId, PresenceState>;
}

/** Two lines: who and when, then the last words, how they came, and the knots of the last few. */
export const ThreadRow = memo(function ThreadRow({ thread, folder, me, open, stop, presence }: ThreadRowProps) {
  const ids = useMemo(() => shownPeople(thread, me.id), [thread, me.id]);
  const people = usePeople(ids);
  const loud = counts(thread);
  const visit = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go({ folder, threadId: thread.id });
  };
  return (
    <div className="group/row relative h-full px-2 [--ground:var(--paper)]">
      <a
        href={placePath({ folder, threadId: thread.id })}
        data-thread={thread.id}
        tabIndex={stop ? 0 : -1}
        aria-current={open ? "page" : undefined}
        onClick={visit}
        onFocus={() => cursor.set(thread.id)}
        className={cx(
          "flex h-full items-center gap-3 rounded-md px-2 focus-visible:outline-offset-[-2px]",
          open ? "bg-accent-soft [--ground:var(--accent-soft)]" : "hover:bg-hover",
        )}
      >
        <ThreadAvatar people={facesOf(thread, people, me)} presence={presence} />
        <span className="flex min-w-0 grow flex-col">
          <span className="flex items-baseline gap-2">
            <OneLine className={cx("grow", loud ? "font-semibold" : "font-medium")}>{threadTitle(thread, people, me.id)}</OneLine>
            <Time at={thread.last?.at ?? timeOfId(thread.activity)} className={cx("shrink-0 text-small", loud ? "text-ink" : "text-faint")} />
          </span>
          <Line thread={thread} people={people} me={me} />
        </span>
      </a>
      <RowActs thread={thread} />
    </div>
  );
});

function Line({ thread, people, me }: { thread: Thread; people: People; me: Me }) {
  const line = listLine(thread, people, me.id);
  const state = stateWords(thread);
  return (
    <span className="flex h-5 items-center gap-1.5 text-small md:pointer-fine:group-hover/row:pe-15 pointer-coarse:pe-7">
      {thread.last && !line.draft && !thread.last.event && <ChannelIcon channel={thread.last.channel} size={12} />}
      <OneLine className={cx("grow", counts(thread) ? "text-ink" : "text-muted")}>
        {line.who && <bdi className={line.draft ? "text-accent" : undefined}>{line.who}:</bdi>}
        {line.who && " "}
        <bdi>{line.text}</bdi>
      </OneLine>
      <Knots channels={thread.knots} className="opacity-80 max-md:hidden md:pointer-fine:group-hover/row:hidden" />
      {thread.muted && <Icon of={BellOff} size={12} className="text-faint" />}
      {isUnread(thread) && <Unread count={thread.unread} muted={thread.muted !== undefined} />}
      {state && <VisuallyHidden>, {state}</VisuallyHidden>}
    </span>
  );
}

/** How many are new; a dot for one, or where somebody only marked it. The words for it are said once, after the line. */
const Unread = ({ count, muted }: { count: number; muted: boolean }) =>
  count > 1 ? (
    <span
      aria-hidden
      className={cx(
        "flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full border border-transparent px-1 font-medium text-small tabular-nums",
        muted ? "bg-press text-muted" : "bg-accent text-on-accent",
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  ) : (
    <span aria-hidden className={cx("size-2 shrink-0 rounded-full", muted ? "bg-edge" : "bg-accent")} />
  );

/** In the place of the knots for a mouse, so that the time stays in sight; behind one button for a finger. The keys e, u and m do the same. */
function RowActs({ thread }: { thread: Thread }) {
  const acts = useActs();
  const archived = thread.folder === "archive";
  const archive = { label: archived ? "Move to Messages" : "Archive", icon: archived ? ArchiveRestore : Archive };
  const mute = { label: thread.muted ? "Unmute" : "Mute", icon: thread.muted ? Bell : BellOff };
  const read = { label: "Mark unread", icon: MailOpen, onSelect: () => acts.markUnread(thread) };
  return (
    <>
      <div className="absolute end-3 bottom-1.5 hidden md:pointer-fine:group-hover/row:flex">
        <IconButton {...archive} keys="e" size="small" tabIndex={-1} onClick={() => acts.archive(thread)} />
        <IconButton {...mute} keys="m" size="small" tabIndex={-1} onClick={() => acts.mute(thread)} />
      </div>
      <div className="absolute end-1 bottom-0 hidden pointer-coarse:block">
        <Menu
          label="Conversation"
          align="end"
          groups={[
            {
              items: [
                { ...archive, onSelect: () => acts.archive(thread) },
                { ...mute, onSelect: () => acts.mute(thread) },
                ...(isUnread(thread) ? [] : [read]),
              ],
            },
          ]}
          trigger={(props) => <IconButton {...props} icon={Ellipsis} label="What to do with this conversation" size="small" tabIndex={-1} />}
        />
      </div>
    </>
  );
}

/** The people whose names the two lines need; a group of 5,000 is named by its first few. */
function shownPeople(thread: Thread, me: ParticipantId): readonly ParticipantId[] {
  const others = othersOf(thread, me).slice(0, 4);
  return thread.last === undefined || others.includes(thread.last.from) ? others : [...others, thread.last.from];
}

function facesOf(thread: Thread, people: People, me: Me) {
  const others = othersOf(thread, me.id).slice(0, 2);
  return others.length === 0 ? [me] : others.map((id) => personOf(id, people, thread));
}
