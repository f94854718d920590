"use client";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useFolder, usePresence } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { Button } from "@/app/ui/button";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { EmptyState, ErrorState } from "@/app/ui/states";
import type { Id } from "@/domain/id";
import type { Folder, Thread } from "@/domain/thread";
import { indexesOf } from "../model/rows-shown";
import { FOLDER_WORDS } from "../model/whereabouts";
import { useStage } from "../stage";
import { cursor, useCursor } from "./cursor";
import { ROW, ThreadRow } from "./thread-row";
import { useRows } from "./use-rows";

/** Rows left below the screen when the next page is asked for. */
const AHEAD = 20;
/** Pixels left free below the last row. */
const BOTTOM = 8;

interface ThreadListProps {
  folder: Folder;
  me: Me;
  openId?: Id;
}

/** A folder, newest first. Only what is on the screen is drawn, so 200,000 conversations scroll like 20. */
export function ThreadList({ folder, me, openId }: ThreadListProps) {
  const view = useFolder(folder);
  if (view.threads.length > 0) return <Rows {...{ folder, me, openId, view }} />;
  if (view.status === "loading") return <LoadingRows />;
  if (view.status === "error") {
    return (
      <ErrorState
        what={view.failure?.sentence ?? "The conversations could not be loaded."}
        works="Nothing is lost."
        action={<Button onClick={view.retry}>Try again</Button>}
      />
    );
  }
  return <NoThreads folder={folder} />;
}

function NoThreads({ folder }: { folder: Folder }) {
  const { show } = useStage();
  const action = folder === "messages" && (
    <Button look="primary" keys="c" onClick={() => show({ kind: "compose" })}>
      New message
    </Button>
  );
  return <EmptyState action={action || undefined}>{FOLDER_WORDS[folder].empty}</EmptyState>;
}

/** Conversations in outline, while they or the person are not known yet. */
export const LoadingRows = () => (
  <Loading of="conversations" className="overflow-hidden">
    {Array.from({ length: 12 }, (_, row) => (
      <SkeletonRow key={String(row)} />
    ))}
  </Loading>
);

const SkeletonRow = () => (
  <div className="flex h-16 items-center gap-3 px-4">
    <Skeleton className="size-10 rounded-full" />
    <div className="flex grow flex-col gap-2">
      <Skeleton className="h-3 w-2/5" />
      <Skeleton className="h-3 w-4/5" />
    </div>
  </div>
);

interface RowsProps extends ThreadListProps {
  view: ReturnType<typeof useFolder>;
}

function Rows({ folder, me, openId, view }: RowsProps) {
  const { threads, hasMore, loadMore } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const stop = useStop(threads, openId);
  const count = threads.length + (hasMore ? 1 : 0);
  const { shown, note, toRow } = useRows(scroller, count);
  const indexes = useMemo(() => indexesOf(shown, stop, count), [shown, stop, count]);
  useEffect(() => {
    if (hasMore && shown.end > threads.length - AHEAD) loadMore();
  }, [hasMore, shown.end, threads.length, loadMore]);
  const focusRow = useCallback(
    (index: number) => {
      const at = Math.max(0, Math.min(index, threads.length - 1));
      const thread = threads[at];
      if (thread === undefined) return;
      toRow(at);
      cursor.set(thread.id);
      requestAnimationFrame(() => rowOf(scroller.current, thread.id)?.focus({ preventScroll: true }));
    },
    [threads, toRow],
  );
  useEffect(() => cursor.movedBy((by) => focusRow(isInside(scroller.current) || openId !== undefined ? stop + by : stop)), [focusRow, stop, openId]);
  useKeptFocus(scroller.current, threads[stop]?.id);
  const press = (event: KeyboardEvent) => {
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: threads.length - 1, PageDown: stop + 8, PageUp: stop - 8 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focusRow(to);
  };
  const presence = usePresence(shownIds(threads, indexes));
  return (
    <div ref={scroller} onScroll={note} className="min-h-0 grow overflow-y-auto overscroll-contain">
      <ul aria-label={FOLDER_WORDS[folder].title} onKeyDown={press} className="relative" style={{ height: count * ROW + BOTTOM }}>
        {indexes.map((index) => {
          const thread = threads[index];
          return (
            <li
              key={thread?.id ?? "more"}
              aria-setsize={hasMore ? -1 : threads.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 h-16"
              style={{ top: index * ROW }}
            >
              {thread ? <ThreadRow {...{ thread, folder, me, presence }} open={thread.id === openId} stop={index === stop} /> : <SkeletonRow />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/**
 * Index of the row that Tab reaches: where the keyboard was, else what is open, else the first. When that row goes away (archived),
 * the one that takes its place.
 */
function useStop(threads: readonly Thread[], openId: Id | undefined): number {
  const at = useCursor();
  const former = useRef(0);
  const stop = useMemo(() => {
    const found = threads.findIndex((thread) => thread.id === at);
    if (found >= 0) return found;
    const open = threads.findIndex((thread) => thread.id === openId);
    return open >= 0 ? open : Math.min(former.current, threads.length - 1);
  }, [threads, at, openId]);
  useEffect(() => {
    former.current = stop;
  }, [stop]);
  return stop;
}

/**
 * The focus stays in the list when its row goes away (archived) or moves (a message came): without this the browser drops it on the
 * page, and the next key would go nowhere.
 */
function useKeptFocus(scroller: HTMLElement | null, id: Id | undefined): void {
  const had = useRef(false);
  useLayoutEffect(() => {
    if (had.current && document.activeElement === document.body && id !== undefined) rowOf(scroller, id)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const note = (event: FocusEvent) => {
      had.current = event.target instanceof Node && scroller !== null && scroller.contains(event.target);
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [scroller]);
}

const rowOf = (scroller: HTMLElement | null, id: Id): HTMLElement | null => scroller?.querySelector<HTMLElement>(`[data-thread="${id}"]`) ?? null;

const isInside = (scroller: HTMLElement | null): boolean => scroller?.contains(document.activeElement) === true;

const shownIds = (threads: readonly Thread[], indexes: readonly number[]): readonly Id[] => indexes.flatMap((index) => threads[index]?.id ?? []).slice(0, 40);
