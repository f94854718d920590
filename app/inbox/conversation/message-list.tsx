"use client";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
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

/** Room above the first message, for the sign that older ones are loading. It never changes, so that nothing below it moves. */
const TOP = 72;
const BOTTOM = 12;
/** Pixels from the end within which the newest message counts as seen and new ones are followed. */
const NEAR_END = 80;
/** Rows above the screen when older ones are asked for. */
const AHEAD = 24;

interface MessageListProps {
  view: MessagesView & { loadOlder(): void };
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
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const stop = useMemo(() => indexOfKey(rows, focused), [rows, focused]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), stop, rows.length),
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    overscan: 8,
    paddingStart: TOP,
    paddingEnd: BOTTOM,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
  });
  const { atEnd, note } = useAtEnd(scroller);
  const settled = useStartAtEnd(() => virtualizer.scrollToEnd());
  useFollowOwn(rows, () => virtualizer.scrollToEnd());
  useReading(thread, items, atEnd && watched);
  const from = settled ? (virtualizer.range?.startIndex ?? rows.length) : rows.length;
  useEffect(() => {
    if (hasOlder && !loadingOlder && from < AHEAD) loadOlder();
  }, [hasOlder, loadingOlder, from, loadOlder]);
  const toIndex = useCallback((index: number) => virtualizer.scrollToIndex(index, { align: "center" }), [virtualizer]);
  const marked = useAnchor(
    anchor,
    items,
    view,
    useCallback((key: string) => toIndex(indexOfKey(rows, key)), [rows, toIndex]),
  );
  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (row === undefined) return;
    setFocused(row.key);
    virtualizer.scrollToIndex(rows.indexOf(row));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-key="${row.key}"]`)?.focus({ preventScroll: true }));
  };
  const press = (event: KeyboardEvent) => {
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.key === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusRow(to);
  };
  const lastOwn = useMemo(() => rows.findLast(({ message }) => message.from === me.id && message.event === undefined)?.key, [rows, me.id]);
  const moving = virtualizer.isScrolling;
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div ref={scroller} onScroll={note} className="flex min-h-0 grow flex-col overflow-y-auto overscroll-contain [overflow-anchor:none]">
        <div className="relative mt-auto w-full shrink-0">
          <Top older={hasOlder} />
          <ol ref={virtualizer.containerRef} aria-label="Message history" onKeyDown={press} className="relative">
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <li
                    key={row.key}
                    ref={virtualizer.measureElement}
                    data-index={item.index}
                    data-key={row.key}
                    tabIndex={item.index === stop ? 0 : -1}
                    aria-setsize={hasOlder ? -1 : rows.length}
                    aria-posinset={item.index + 1}
                    onFocus={() => setFocused(row.key)}
                    className="group/item absolute inset-x-0 focus-visible:-outline-offset-2"
                  >
                    <MessageRow row={row} lastOwn={row.key === lastOwn} stop={item.index === stop} marked={row.key === marked} />
                  </li>
                )
              );
            })}
          </ol>
        </div>
      </div>
      <DayLabel row={rows[from]} shown={moving && from > 0 && !atEnd} />
      <Pills rows={rows} first={from} atEnd={atEnd} onUnread={toIndex} onEnd={() => virtualizer.scrollToEnd({ behavior: calm() })} />
      <Arrivals items={items} />
    </div>
  );
}

/** In the room above the first message: older ones on their way, or that there are none. */
const Top = ({ older }: { older: boolean }) => (
  <div className="pointer-events-none absolute inset-x-0 top-0 mx-auto max-w-[60rem] px-12 pt-4 text-center text-faint text-small">
    {older ? (
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

/** Whether the newest message is on the screen. */
function useAtEnd(scroller: React.RefObject<HTMLDivElement | null>) {
  const [atEnd, setAtEnd] = useState(true);
  const note = useCallback(() => {
    const element = scroller.current;
    if (element) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END);
  }, [scroller]);
  return { atEnd, note };
}

/** Begins at the newest message. Until that has happened, what is first on the screen means nothing: it is the oldest by accident. */
function useStartAtEnd(toEnd: () => void): boolean {
  const [settled, setSettled] = useState(false);
  const start = useRef(toEnd);
  useLayoutEffect(() => {
    start.current();
    const frame = requestAnimationFrame(() => setSettled(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return settled;
}

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

const withIndex = (range: number[], index: number, count: number): number[] =>
  index < 0 || index >= count || range.includes(index) ? range : [...range, index].sort((a, b) => a - b);

const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

/** A first guess of a row's height in pixels; the real one is measured when it is drawn. */
function estimate(row: Row | undefined): number {
  if (row === undefined) return 40;
  const lines = Math.min(34, Math.max(1, Math.ceil(row.message.text.length / 64)) + (row.message.text.split("\n", 34).length - 1));
  return 18 + lines * 20 + (row.opens ? 12 : 2) + (row.closes ? 20 : 0) + (row.startsDay ? 52 : 0) + (row.channel ? 40 : 0);
}
