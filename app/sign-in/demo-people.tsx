"use client";
import { useMutation } from "@tanstack/react-query";
import ArrowRight from "lucide-react/icons/arrow-right";
import { signIn } from "@/app/auth/client";
import { DEMO_PASSWORD, type DemoPerson } from "@/app/auth/demo";
import { goOn } from "@/app/auth/next";
import { Avatar } from "@/app/ui/avatar";
import { ChannelLabel } from "@/app/ui/channel";
import { Failure } from "@/app/ui/failure";
import { Icon } from "@/app/ui/icon";
import { Spinner } from "@/app/ui/spinner";

const CHANNELS = ["chat", "email", "sms", "site"] as const;
const ROW = "-mx-3 flex w-[calc(100%+1.5rem)] items-center gap-4 rounded-lg px-3 py-3 text-start";

/** Everyone in the demo world, each one click away. */
export function DemoPeople({ people }: { people: readonly DemoPerson[] }) {
  const { mutate, isPending, variables, error } = useMutation({ mutationFn: (handle: string) => signIn(handle, DEMO_PASSWORD), onSuccess: goOn });
  const chosen = isPending ? variables : undefined;
  return (
    <section aria-labelledby="demo" className="flex flex-col gap-4">
      <Heading />
      <Failure of={error} />
      <ul className="flex flex-col">
        {people.map((person) => (
          <li key={person.handle}>
            <button
              type="button"
              aria-busy={chosen === person.handle}
              onClick={() => !isPending && mutate(person.handle)}
              className={`group ${ROW} transition-colors hover:bg-hover active:bg-press`}
            >
              <Avatar name={person.name} hue={person.hue} size={40} />
              <Words person={person} />
              {chosen === person.handle ? (
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
  <header className="flex flex-col gap-6">
    <div className="flex flex-col gap-2">
      <h1 className="text-balance font-semibold text-title">Everything one person writes to you, in one conversation</h1>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {CHANNELS.map((channel) => (
          <ChannelLabel key={channel} channel={channel} />
        ))}
      </p>
    </div>
    <div className="flex flex-col gap-0.5">
      <h2 id="demo" className="font-semibold text-large">
        Step in as one of them
      </h2>
      <p className="text-muted">This is a demo. Take a second person in a private window, and write from one to the other.</p>
    </div>
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
