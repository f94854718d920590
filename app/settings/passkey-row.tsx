"use client";
import { useMutation } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import { type FormEvent, useState } from "react";
import { type Passkey, removePasskey, renamePasskey } from "@/app/auth/passkey";
import { Button } from "@/app/ui/button";
import { Confirm } from "@/app/ui/confirm";
import { Dialog } from "@/app/ui/dialog";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { Icon } from "@/app/ui/icon";
import { Time } from "@/app/ui/moment";
import { ACCOUNT } from "./data";

type Task = "rename" | "remove";

/** One passkey: what it is called, since when it is there, and the two things one can do to it. */
export function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const [task, setTask] = useState<Task>();
  const name = passkey.name || "Passkey";
  const close = () => setTask(undefined);
  const remove = useMutation({ mutationKey: ACCOUNT, mutationFn: () => removePasskey(passkey.id) });
  return (
    <li className="flex min-h-10 items-center gap-3 py-1.5">
      <Icon of={KeyRound} className="text-muted" />
      <div className="flex min-w-0 grow flex-col">
        <bdi className="truncate">{name}</bdi>
        {passkey.createdAt && (
          <span className="truncate text-muted text-small">
            Added <Time at={Date.parse(passkey.createdAt)} as="long" />
          </span>
        )}
      </div>
      <div className="-me-2.5 flex shrink-0">
        <Button size="small" look="plain" onClick={() => setTask("rename")} aria-label={`Rename ${name}`}>
          Rename
        </Button>
        <Button size="small" look="plain" onClick={() => setTask("remove")} aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </div>
      <Dialog open={task === "rename"} onOpenChange={close} title="Rename this passkey" size="small">
        <Rename id={passkey.id} name={name} onDone={close} />
      </Dialog>
      <Confirm
        open={task === "remove"}
        onOpenChange={close}
        title="Remove this passkey?"
        words={`${name} will no longer sign you in. Your password still does.`}
        act="Remove"
        work={remove}
      />
    </li>
  );
}

function Rename({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const { mutate, isPending, error } = useMutation({ mutationKey: ACCOUNT, mutationFn: (wanted: string) => renamePasskey(id, wanted), onSuccess: onDone });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get("name")).trim();
    if (wanted === "" || wanted === name) onDone();
    else mutate(wanted);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="Name" name="name" dir="auto" autoComplete="off" required maxLength={60} defaultValue={name} />
      <Failure of={error} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
