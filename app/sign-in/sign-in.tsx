"use client";
import { loadWelcome, type Welcome } from "@/app/auth/demo";
import { Frame } from "@/app/auth/frame";
import { OfflineLine } from "@/app/ui/offline";
import { useLoad } from "@/app/ui/use-load";
import { Account } from "./account";
import { DemoPeople, DemoPeopleLoading } from "./demo-people";
import { FirstAccount } from "./first-account";

/** The way in. What it offers depends on what is behind it: a demo world, an empty Braid, or people with accounts. */
export function SignIn() {
  const { value: welcome, failure } = useLoad(loadWelcome);
  if (welcome?.empty) return <FirstAccount />;
  const beside = people(welcome, failure !== undefined);
  return (
    <Frame wide={beside !== null}>
      <div className={beside === null ? "" : "grid gap-12 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-20"}>
        {beside}
        <div className="flex flex-col gap-4">
          <OfflineLine meanwhile="Signing in needs a connection; what you wrote before is kept on this device." />
          <Account quiet={welcome?.demo ?? false} />
        </div>
      </div>
    </Frame>
  );
}

/** Until it is known whether this is a demo, its room is kept, so that the form does not jump. */
function people(welcome: Welcome | undefined, failed: boolean) {
  if (welcome === undefined) return failed ? null : <DemoPeopleLoading />;
  return welcome.demo && welcome.people.length > 0 ? <DemoPeople people={welcome.people} /> : null;
}
