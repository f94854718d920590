"use client";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { MessagesView, MessageView } from "@/app/replica/types";
import { Time } from "@/app/ui/moment";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import type { Id } from "@/domain/id";
import { useWatched } from "../browser";
import { type Row, rowsOf } from "../model/rows";
import { Arrivals } from "./arrivals";
import { useConversation } from "./context";
import { MessageRow } from "./message-row";
import { Pills } from "./pills";
import { useAnchor } from "./use-anchor";
import { useMarker } from "./use-marker";
import { useReading } from "./use-reading";
import { useStack } from "./use-stack";

/** Pixels left free below the newest message. */
const BOTTOM = 12;
/** Rows above the screen when older ones are asked for. */
const AHEAD = 24;

interface MessageListProps {
  view: MessagesView & { loadOlder(): void; retry(): void };
  /** A message named by the address of the page. */
  anchor?: Id;
}

/** The messages, newest at the foot. History grows upwards without moving what is read; the end is followed only from the end. */
export function MessageList({ view, anchor }: MessageListProps) {
  const { items, hasOlder, loadingOlder, loadOlder } = view;
  const { thread, me } = useConversation();
  const watched = useWatched();
  const marker = useMarker(thread, me.id, items, watched);
  const rows = useMemo(
    () => rowsOf(items, { more: hasOlder, me: me.id, ...(marker !== undefined && { unreadAfter: marker }) }),
    [items, hasOlder, me.id, marker],
  );
  const [focused, setFocused] = useState<string>();
  const stop = useMemo(() => indexOfKey(rows, focused), [rows, focused]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const { scroller, list, onScroll, drawn, after, first, atEnd, moving, reveal, toEnd } = useStack({ keys, guess: (index) => guess(rows[index]), keep: stop });
  useFollowOwn(rows, toEnd);
  useReading(thread, items, atEnd && watched);
  useEffect(() => {
    if (hasOlder && !loadingOlder && view.failure === undefined && first < AHEAD) loadOlder();
  }, [hasOlder, loadingOlder, view.failure, first, loadOlder]);
  const marked = useAnchor(anchor, items, view, (key) => reveal(indexOfKey(rows, key)));
  const focusRow = (index: number) => {
    const at = Math.max(0, Math.min(index, rows.length - 1));
    const key = rows[at]?.key;
    if (key === undefined) return;
    setFocused(key);
    reveal(at, "nearest");
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus({ preventScroll: true }));
  };
  const press = (event: KeyboardEvent) => {
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.key === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusRow(to);
  };
  const lastOwn = useMemo(() => rows.findLast(({ message }) => message.from === me.id && message.event === undefined)?.key, [rows, me.id]);
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div ref={scroller} onScroll={onScroll} className="flex min-h-0 grow flex-col-reverse overflow-y-auto overscroll-contain [overflow-anchor:none]">
        <div className="relative w-full shrink-0">
          <Top older={hasOlder} retry={view.failure && view.retry} />
          <ol ref={list} aria-label="Message history" onKeyDown={press} className="flex flex-col pt-18" style={{ paddingBottom: after + BOTTOM }}>
            {drawn.map(({ index, gap }) => {
              const row = rows[index] as Row<MessageView>;
              return (
                <li
                  key={row.key}
                  data-key={row.key}
                  tabIndex={index === stop ? 0 : -1}
                  aria-setsize={hasOlder ? -1 : rows.length}
                  aria-posinset={index + 1}
                  onFocus={() => setFocused(row.key)}
                  className="group/item relative focus-visible:-outline-offset-2"
                  style={{ marginTop: gap }}
                >
                  <MessageRow row={row} lastOwn={row.key === lastOwn} stop={index === stop} marked={row.key === marked} />
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      <DayLabel row={rows[first]} shown={moving && first > 0 && !atEnd} />
      <Pills rows={rows} first={first} atEnd={atEnd} onUnread={reveal} onEnd={() => toEnd(calm())} />
      <Arrivals items={items} />
    </div>
  );
}

/** In the room above the first message: older ones on their way, or that there are none. */
const Top = ({ older, retry }: { older: boolean; retry: (() => void) | undefined }) => (
  <div className="absolute inset-x-0 top-0 mx-auto max-w-[60rem] px-12 pt-4 text-center text-faint text-small">
    {older && retry ? (
      <>
        Older messages could not be loaded.{" "}
        <button type="button" onClick={retry} className="rounded-sm font-medium text-accent underline-offset-2 hover:underline">
          Try again
        </button>
      </>
    ) : older ? (
      <Loading of="older messages">
        <Skeleton className="h-8 w-2/5 rounded-bubble" />
      </Loading>
    ) : (
      "This is where the conversation begins."
    )}
  </div>
);

/**
 * Which day is being scrolled through, right above where the days stand in the history. The same words stand between the messages, so
 * this is for the eye alone. It comes a little late, because a conversation that opens also scrolls for a moment.
 */
const DayLabel = ({ row, shown }: { row: Row | undefined; shown: boolean }) => (
  <div aria-hidden className="pointer-events-none absolute inset-x-0 top-2 mx-auto flex max-w-[60rem] justify-center ps-11 pe-3 md:ps-13 md:pe-5">
    {row && (
      <span
        className={`rounded-full bg-raised px-3 py-0.5 text-muted text-small shadow-float transition-[visibility] starting:invisible ${shown ? "delay-200" : "invisible delay-700"}`}
      >
        <Time at={row.day} as="day" />
      </span>
    )}
  </div>
);

/** Sending brings the end into view, from wherever one was reading. */
function useFollowOwn(rows: readonly Row<MessageView>[], toEnd: () => void): void {
  const last = rows.at(-1);
  const sent = last?.message.pending === "sending" ? last.key : undefined;
  const follow = useRef(toEnd);
  follow.current = toEnd;
  useLayoutEffect(() => {
    if (sent !== undefined) follow.current();
  }, [sent]);
}

/** The row with this key, else the newest. */
function indexOfKey(rows: readonly Row[], key: string | undefined): number {
  if (key === undefined) return rows.length - 1;
  const found = rows.findLastIndex((row) => row.key === key);
  return found < 0 ? rows.length - 1 : found;
}

const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

/** A first guess of a row's height in pixels; the real one is measured when it is drawn. */
function guess(row: Row | undefined): number {
  if (row === undefined) return 40;
  const lines = Math.min(34, Math.max(1, Math.ceil(row.message.text.length / 64)) + (row.message.text.split("\n", 34).length - 1));
  return 18 + lines * 20 + (row.opens ? 12 : 2) + (row.closes ? 20 : 0) + (row.startsDay ? 52 : 0) + (row.channel ? 40 : 0);
}
