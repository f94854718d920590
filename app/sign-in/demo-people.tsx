"use client";
import ArrowRight from "lucide-react/icons/arrow-right";
import { useState } from "react";
import { signIn } from "@/app/auth/client";
import { DEMO_PASSWORD, type DemoPerson } from "@/app/auth/demo";
import { goOn } from "@/app/auth/next";
import { Avatar } from "@/app/ui/avatar";
import { Icon } from "@/app/ui/icon";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { Spinner } from "@/app/ui/spinner";
import { Note } from "@/app/ui/states";
import { useAct } from "@/app/ui/use-act";

const ROW = "-mx-3 flex w-[calc(100%+1.5rem)] items-center gap-4 rounded-lg px-3 py-3 text-start";

/** Everyone in the demo world, each one click away. */
export function DemoPeople({ people }: { people: readonly DemoPerson[] }) {
  const [chosen, setChosen] = useState<string>();
  const { act, pending, failure } = useAct(async (handle: string) => {
    setChosen(handle);
    await signIn(handle, DEMO_PASSWORD);
    goOn();
  });
  return (
    <section aria-labelledby="demo" className="flex flex-col gap-4">
      <Heading />
      {failure && <Note tone="danger">{failure}</Note>}
      <ul className="flex flex-col">
        {people.map((person) => (
          <li key={person.handle}>
            <button
              type="button"
              aria-busy={pending && chosen === person.handle}
              onClick={() => void act(person.handle)}
              className={`group ${ROW} transition-colors hover:bg-hover active:bg-press`}
            >
              <Avatar name={person.name} hue={person.hue} size={40} />
              <Words person={person} />
              {pending && chosen === person.handle ? (
                <Spinner className="text-muted" />
              ) : (
                <Icon of={ArrowRight} className="text-faint transition-colors group-hover:text-accent rtl:-scale-x-100" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Heading = () => (
  <header className="flex flex-col gap-1">
    <h1 id="demo" className="font-semibold text-title">
      Step in as one of them
    </h1>
    <p className="max-w-text text-muted">This Braid is a demo. Take a second person in a private window, and write from one to the other.</p>
  </header>
);

const Words = ({ person }: { person: DemoPerson }) => (
  <span className="flex min-w-0 grow flex-col gap-0.5">
    <span className="flex min-w-0 items-baseline gap-2">
      <bdi className="truncate font-medium">{person.name}</bdi>
      <bdi className="shrink-0 text-faint text-small">@{person.handle}</bdi>
    </span>
    <span className="text-muted text-small">{person.words}</span>
  </span>
);

/** As high as six people, so that the form beside or below stays where it is. */
export const DemoPeopleLoading = () => (
  <Loading of="the demo people" className="flex min-h-[29.5rem] flex-col gap-4">
    <Skeleton className="mb-2 h-7 w-56" />
    <Skeleton className="mb-4 h-4 w-4/5" />
    {[0, 1, 2, 3, 4, 5].map((row) => (
      <div key={row} className="flex items-center gap-4 py-3">
        <Skeleton round className="size-10" />
        <div className="flex grow flex-col gap-2">
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="h-3 w-3/5" />
        </div>
      </div>
    ))}
  </Loading>
);
