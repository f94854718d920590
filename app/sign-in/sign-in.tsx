"use client";
import { useQuery } from "@tanstack/react-query";
import { loadWelcome } from "@/app/auth/demo";
import { Frame } from "@/app/auth/frame";
import { Failure } from "@/app/ui/failure";
import { OfflineLine } from "@/app/ui/offline";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { Account } from "./account";
import { DemoPeople } from "./demo-people";
import { FirstAccount } from "./first-account";

/**
 * The way in. What it offers depends on what is behind it: a demo world, an empty Braid, or people with accounts. Until that is known
 * it shows neither, because a form that moves while one aims at it is worse than one that comes a moment later.
 */
export function SignIn() {
  const { data: welcome, error } = useQuery({ queryKey: ["welcome"], queryFn: loadWelcome });
  if (welcome === undefined && error === null) return <Waiting />;
  if (welcome?.empty) return <FirstAccount />;
  const people = welcome?.demo ? welcome.people : [];
  const beside = people.length > 0;
  return (
    <Frame wide={beside}>
      <div className={beside ? "grid grid-cols-[minmax(0,1fr)] gap-12 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-20" : undefined}>
        {beside && <DemoPeople people={people} />}
        <div className="flex flex-col gap-4">
          <OfflineLine meanwhile="Signing in needs a connection; what you wrote before is kept on this device." />
          <Failure of={error} tone="wait" />
          <Account quiet={beside} />
        </div>
      </div>
    </Frame>
  );
}

const Waiting = () => (
  <Frame>
    <h1 className="sr-only">Sign in</h1>
    <Loading of="the sign-in page" className="flex flex-col gap-4">
      <Skeleton className="mb-6 h-7 w-32" />
      <Skeleton className="mb-4 h-9" />
      <Skeleton className="mb-4 h-9" />
      <Skeleton className="h-10" />
    </Loading>
  </Frame>
);
