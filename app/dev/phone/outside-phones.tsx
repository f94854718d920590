"use client";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/app/ui/button";
import { ShowLoaded } from "@/app/ui/loaded";
import { OfflineLine } from "@/app/ui/offline";
import { PageFrame } from "@/app/ui/page-frame";
import { isRefused } from "@/app/ui/refusal";
import { Skeleton } from "@/app/ui/skeleton";
import { EmptyState } from "@/app/ui/states";
import { loadPhones } from "./data";
import { PhoneRow, ROW } from "./phone-row";

/** Phones outside, for a demo without a carrier: what was sent to them, and texts that come from them. */
export function OutsidePhones() {
  const loaded = useQuery({ queryKey: ["phones"], queryFn: loadPhones });
  if (isRefused(loaded.error, "request/not-found")) return <NotHere />;
  return (
    <PageFrame title="Demo phones" width="wide" words={ABOUT}>
      <OfflineLine meanwhile="New texts show when you are back." />
      <ShowLoaded loaded={loaded} of="the phones" skeleton={<PhonesSkeleton />}>
        {(phones) => (phones.phones.length === 0 ? <EmptyState>There is no phone on the demo's network.</EmptyState> : <PhoneRow {...phones} />)}
      </ShowLoaded>
    </PageFrame>
  );
}

const ABOUT =
  "This demo sends no real SMS. What people here write to one of these numbers shows on its phone, which can answer. A first text says whom it is for, as in “@ann Hello”. Ann and Ben can link theirs in Settings.";

const PhonesSkeleton = () => (
  <div className={ROW}>
    {[0, 1, 2, 3].map((phone) => (
      <Skeleton key={phone} className={phone > 0 ? "h-[34rem] max-md:hidden" : "h-[34rem]"} />
    ))}
  </div>
);

const NotHere = () => (
  <PageFrame title="Demo phones" width="wide">
    <EmptyState action={<ButtonLink href="/">Go to your inbox</ButtonLink>}>
      This page is part of the demo's own phone network, and this Braid has none.
    </EmptyState>
  </PageFrame>
);
