import { Time } from "@/app/ui/moment";
import { Skeleton } from "@/app/ui/skeleton";
import type { CapturedMail } from "./data";
import { hrefOf } from "./place";

/** What has been sent to the world outside, newest first. */
export function MailList({ mails, open }: { mails: readonly CapturedMail[]; open?: string }) {
  if (mails.length === 0) return <p className="text-muted">Nothing sent yet.</p>;
  return (
    <nav aria-label="Mails sent outside">
      <ul className="-mx-3 flex flex-col gap-0.5">
        {mails.map((mail) => (
          <li key={mail.id}>
            <MailRow mail={mail} open={mail.id === open} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const MailRow = ({ mail, open }: { mail: CapturedMail; open: boolean }) => (
  <a
    href={hrefOf({ at: "mail", id: mail.id })}
    aria-current={open ? "true" : undefined}
    className="flex h-16 flex-col justify-center gap-0.5 rounded-lg px-3 transition-colors hover:bg-hover aria-[current]:bg-accent-soft"
  >
    <span className="flex items-baseline gap-2">
      <bdi className="min-w-0 grow truncate font-medium">{mail.to.join(", ")}</bdi>
      <Time at={mail.at} className="shrink-0 text-muted text-small" />
    </span>
    <span className="truncate text-muted text-small">
      <bdi>{mail.from}</bdi>: <bdi>{mail.subject || "no subject"}</bdi>
    </span>
  </a>
);

export const MailListSkeleton = () => (
  <div className="flex flex-col lg:max-w-[22rem]">
    {[0, 1, 2, 3].map((row) => (
      <div key={row} className="flex h-16 flex-col justify-center gap-2">
        <Skeleton className="h-3.5 w-2/3" />
        <Skeleton className="h-3 w-4/5" />
      </div>
    ))}
  </div>
);
