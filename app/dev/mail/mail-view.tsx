"use client";
import { useQuery } from "@tanstack/react-query";
import Reply from "lucide-react/icons/reply";
import { useState } from "react";
import { Button } from "@/app/ui/button";
import { ShowLoaded } from "@/app/ui/loaded";
import { Time } from "@/app/ui/moment";
import { Skeleton } from "@/app/ui/skeleton";
import { BackToList } from "./back";
import { loadMail, type WholeMail } from "./data";
import { ReplyForm } from "./reply-form";

/** One captured mail as it left, and the way to answer it. */
export function MailView({ id }: { id: string }) {
  const loaded = useQuery({ queryKey: ["mail", id], queryFn: () => loadMail(id), staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <BackToList />
      <ShowLoaded loaded={loaded} of="the mail" skeleton={<Skeleton className="h-60" />}>
        {(mail) => <Mail mail={mail} />}
      </ShowLoaded>
    </>
  );
}

function Mail({ mail }: { mail: WholeMail }) {
  const [replying, setReplying] = useState(false);
  return (
    <article aria-label={mail.subject || "Mail without a subject"} className="flex flex-col gap-6">
      <header className="flex flex-col gap-1">
        <h2 className="font-semibold text-title" dir="auto">
          {mail.subject || "No subject"}
        </h2>
        <p className="text-muted">
          From <bdi>{mail.from}</bdi> to <bdi>{mail.to.join(", ")}</bdi>, <Time at={mail.at} as="long" />
        </p>
      </header>
      <p className="max-w-text whitespace-pre-wrap" dir="auto">
        {mail.text}
      </p>
      <Headers headers={mail.headers} />
      {replying ? (
        <ReplyForm mail={mail} onDone={() => setReplying(false)} />
      ) : (
        <div>
          <Button look="primary" icon={Reply} className="max-w-full" onClick={() => setReplying(true)}>
            <bdi className="truncate">Reply as {mail.to.length === 1 ? mail.to[0] : "one of them"}</bdi>
          </Button>
        </div>
      )}
    </article>
  );
}

/** As sent, in order: what makes mail programs thread it is there to be seen. */
const Headers = ({ headers }: { headers: WholeMail["headers"] }) => (
  <details className="group">
    <summary className="-mx-2 inline-flex h-8 list-none items-center rounded-md px-2 text-muted text-small hover:bg-hover hover:text-ink max-md:h-11">
      <span className="group-open:hidden">Show {headers.length} headers</span>
      <span className="hidden group-open:inline">Hide the headers</span>
    </summary>
    <dl className="mt-2 grid gap-x-4 gap-y-1 font-mono text-small sm:grid-cols-[max-content_minmax(0,1fr)]" dir="ltr">
      {headers.map(([name, value], place) => (
        <div key={`${place}-${name}`} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  </details>
);
