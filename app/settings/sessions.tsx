"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { listSessions, revokeOtherSessions, revokeSession, type Session, whoAmI } from "@/app/auth/client";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { ShowLoaded } from "@/app/ui/loaded";
import { Time } from "@/app/ui/moment";
import { toast } from "@/app/ui/toast";
import { ACCOUNT } from "./data";
import { deviceWords } from "./device";

interface Row {
  readonly session: Session;
  readonly here: boolean;
}

/** This device first, then by last use. */
async function loadRows(): Promise<Row[]> {
  const [sessions, me] = await Promise.all([listSessions(), whoAmI()]);
  const rows = sessions.map((session) => ({ session, here: session.token === me?.session.token }));
  return rows.sort((a, b) => Number(b.here) - Number(a.here) || b.session.updatedAt.localeCompare(a.session.updatedAt));
}

/** Every session of the account, to end those one does not know. */
export function Sessions() {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "sessions"], queryFn: loadRows });
  return (
    <ShowLoaded loaded={loaded} of="your sessions">
      {(rows) => (
        <>
          <ul className="flex flex-col">
            {rows.map((row) => (
              <SessionRow key={row.session.id} {...row} />
            ))}
          </ul>
          {rows.length > 1 && <EndOthers />}
        </>
      )}
    </ShowLoaded>
  );
}

function EndOthers() {
  const { mutate, isPending, error } = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: revokeOtherSessions,
    onSuccess: () => toast("Signed out everywhere else"),
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Failure of={error} />
      <Button pending={isPending} onClick={() => mutate()}>
        Sign out everywhere else
      </Button>
    </div>
  );
}

function SessionRow({ session, here }: Row) {
  const { mutate, isPending, error } = useMutation({ mutationKey: ACCOUNT, mutationFn: () => revokeSession(session.token) });
  const device = deviceWords(session.userAgent);
  return (
    <li className="flex flex-col gap-2 py-1.5">
      <div className="flex min-h-10 items-center gap-3">
        <div className="flex min-w-0 grow flex-col">
          <span className="truncate">{device}</span>
          <span className="truncate text-muted text-small">
            Last used <Time at={Date.parse(session.updatedAt)} as="long" />
            {session.ipAddress && `, from ${session.ipAddress}`}
          </span>
        </div>
        {here ? (
          <Tag tone="accent">This device</Tag>
        ) : (
          <Button size="small" look="plain" className="-me-2.5" pending={isPending} onClick={() => mutate()} aria-label={`Sign out ${device}`}>
            Sign out
          </Button>
        )}
      </div>
      <Failure of={error} />
    </li>
  );
}
