"use client";
import { Fragment, lazy, Suspense, useEffect } from "react";
import { useHead, useMe } from "@/app/replica/hooks";
import { ReplicaProvider } from "@/app/replica/provider";
import type { Me } from "@/app/replica/types";
import { Button } from "@/app/ui/button";
import { lazily } from "@/app/ui/floating";
import { Kbd } from "@/app/ui/kbd";
import { EmptyState, SkipLink } from "@/app/ui/states";
import { untilLoaded } from "@/app/ui/until-loaded";
import { useCommands } from "./commands";
import { Waiting } from "./conversation/waiting";
import { ListPane } from "./list/list-pane";
import type { Place } from "./model/whereabouts";
import { OfflineLine } from "./panes/offline-line";
import { go, usePlace } from "./place";
import { Rail } from "./rail/rail";
import { StageProvider, useStage } from "./stage";
import { useKeys } from "./use-keys";

const loadConversation = untilLoaded(() => import("./conversation/conversation"));
const Conversation = lazy(loadConversation);
const Details = lazily(() => import("./details/details"));
const Palette = lazily(() => import("./palette/palette"));
const KeysDialog = lazily(() => import("./palette/keys-dialog"));
const NewMessage = lazily(() => import("./people/new-message"));
const AddPeople = lazily(() => import("./people/add-people"));

/** The inbox: folders, conversations, the open conversation, and details on demand. On a phone one of them at a time. */
export function Inbox() {
  return (
    <ReplicaProvider>
      <StageProvider>
        <Panes />
      </StageProvider>
    </ReplicaProvider>
  );
}

function Panes() {
  const place = usePlace();
  const me = useMe();
  const { details } = useStage();
  useKeys(useCommands(place));
  useTitle();
  const drawer = details !== undefined && me !== undefined && place?.threadId !== undefined;
  return (
    <div
      className={`grid h-dvh grid-rows-[auto_minmax(0,1fr)] md:grid-cols-[3.75rem_min(var(--list-width,360px),40vw)_minmax(0,1fr)] ${
        drawer
          ? "rail:grid-cols-[var(--rail-width,232px)_var(--list-width,360px)_minmax(0,1fr)_var(--details-width,320px)]"
          : "rail:grid-cols-[var(--rail-width,232px)_var(--list-width,360px)_minmax(0,1fr)]"
      }`}
    >
      <SkipLink to={place?.threadId ? "composer" : "conversations"}>Skip to {place?.threadId ? "the composer" : "the conversations"}</SkipLink>
      <OfflineLine />
      <Rail me={me} folder={place?.folder} />
      <main className="contents">
        <h1 className="sr-only">Inbox</h1>
        <ListPane me={me} place={place} onNear={() => void loadConversation()} />
        <section
          aria-label="Conversation"
          className={`relative flex min-h-0 min-w-0 flex-col ${place?.threadId || place === undefined ? "" : "max-md:hidden"}`}
        >
          <Main me={me} place={place} />
        </section>
      </main>
      {drawer && <Details threadId={place.threadId!} me={me} />}
      {me && <Overlays me={me} place={place} />}
    </div>
  );
}

function Main({ me, place }: { me: Me | undefined; place: Place | undefined }) {
  if (place === undefined) return <NoPlace />;
  const { threadId } = place;
  if (threadId === undefined) return <Nothing />;
  if (me === undefined) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <Conversation key={threadId} place={{ ...place, threadId }} me={me} />
    </Suspense>
  );
}

function Overlays({ me, place }: { me: Me; place: Place | undefined }) {
  const { overlay, show } = useStage();
  const close = () => show(undefined);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case "palette":
      return <Palette me={me} place={place} onClose={close} />;
    case "keys":
      return <KeysDialog place={place} onClose={close} />;
    case "compose":
      return <NewMessage onClose={close} />;
    case "add-people":
      return <AddPeople threadId={overlay.threadId} onClose={close} />;
    default:
      return overlay satisfies never;
  }
}

const NoPlace = () => (
  <EmptyState className="m-auto" action={<Button onClick={() => go({ folder: "messages" }, { replace: true })}>To the inbox</Button>}>
    There is nothing at this address.
  </EmptyState>
);

/** Nothing is open: what the keys would do now. */
const Nothing = () => (
  <EmptyState className="m-auto">
    No conversation is open.
    <span className="mt-4 grid grid-cols-[auto_auto] items-center justify-center gap-x-3 gap-y-2 text-small text-start max-md:hidden">
      {HINTS.map(({ keys, words }) => (
        <Fragment key={keys}>
          <Kbd keys={keys} className="justify-self-end" />
          {words}
        </Fragment>
      ))}
    </span>
  </EmptyState>
);

const HINTS = [
  { keys: "j", words: "along the list" },
  { keys: "Enter", words: "open" },
  { keys: "c", words: "write to somebody" },
  { keys: "?", words: "all keys" },
];

/** The tab says how many conversations wait. */
function useTitle(): void {
  const { unread } = useHead();
  useEffect(() => {
    document.title = unread.messages > 0 ? `(${unread.messages}) Braid` : "Braid";
  }, [unread.messages]);
}
