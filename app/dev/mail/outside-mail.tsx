"use client";
import { useQuery } from "@tanstack/react-query";
import PenLine from "lucide-react/icons/pen-line";
import { Button, ButtonLink, type ButtonLook } from "@/app/ui/button";
import { cx } from "@/app/ui/cx";
import { ShowLoaded } from "@/app/ui/loaded";
import { OfflineLine } from "@/app/ui/offline";
import { PageFrame } from "@/app/ui/page-frame";
import { isRefused } from "@/app/ui/refusal";
import { EmptyState } from "@/app/ui/states";
import { type CapturedMail, loadMails } from "./data";
import { MailList, MailListSkeleton } from "./mail-list";
import { MailView } from "./mail-view";
import { hrefOf, type Place, usePlace } from "./place";
import { WriteForm } from "./write-form";

const EVERY = 2_000;

/** The world outside, for a demo without a mail server: what was sent there, and mail that comes from there. */
export function OutsideMail() {
  const loaded = useQuery({ queryKey: ["mails"], queryFn: loadMails, refetchInterval: EVERY });
  const place = usePlace();
  if (isRefused(loaded.error, "request/not-found")) return <NotHere />;
  const beside = place.at === "list" ? "" : "max-lg:hidden";
  return (
    <PageFrame
      title="Outside mail"
      width="wide"
      words={<span className={beside}>{ABOUT}</span>}
      acts={<Write className={beside} look={place.at === "list" ? "primary" : "quiet"} />}
    >
      <OfflineLine meanwhile="New mail shows when you are back." />
      <ShowLoaded loaded={loaded} of="the mails" skeleton={<MailListSkeleton />}>
        {(mails) => <Panes mails={mails} place={place} />}
      </ShowLoaded>
    </PageFrame>
  );
}

const ABOUT =
  "This demo sends no real mail. What people here write to an address outside lands on this page, and you can answer from it. Put it beside an inbox and watch.";

const Write = ({ className, look }: { className: string; look: ButtonLook }) => (
  <Button look={look} icon={PenLine} className={className} onClick={() => location.assign(hrefOf({ at: "write" }))}>
    Write from outside
  </Button>
);

/** List and mail side by side; one of them where there is no room, as in half a window. */
function Panes({ mails, place }: { mails: readonly CapturedMail[]; place: Place }) {
  const listed = place.at === "list";
  if (mails.length === 0 && listed)
    return <EmptyState>Nothing has been sent outside yet. Write to an address outside from the inbox, or write from outside here.</EmptyState>;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className={cx(!listed && "max-lg:hidden")}>
        <MailList mails={mails} open={place.at === "mail" ? place.id : undefined} />
      </div>
      <div className={cx("min-w-0", listed && "max-lg:hidden")}>
        <Open place={place} />
      </div>
    </div>
  );
}

function Open({ place }: { place: Place }) {
  switch (place.at) {
    case "mail":
      return <MailView key={place.id} id={place.id} />;
    case "write":
      return <WriteForm />;
    case "list":
      return <EmptyState>Choose a mail to read it and to answer as the one who got it.</EmptyState>;
    default:
      return place satisfies never;
  }
}

const NotHere = () => (
  <PageFrame title="Outside mail" width="wide">
    <EmptyState action={<ButtonLink href="/">Go to your inbox</ButtonLink>}>This page is part of the demo. This Braid sends real mail.</EmptyState>
  </PageFrame>
);
