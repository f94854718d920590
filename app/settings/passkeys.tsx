"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import { useState } from "react";
import { addPasskey, canPasskey, listPasskeys, type Passkey, removePasskey } from "@/app/auth/passkey";
import { Button } from "@/app/ui/button";
import { Confirm } from "@/app/ui/confirm";
import { Failure } from "@/app/ui/failure";
import { Icon } from "@/app/ui/icon";
import { ShowLoaded } from "@/app/ui/loaded";
import { Time } from "@/app/ui/moment";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { ACCOUNT } from "./data";
import { deviceWords } from "./device";

export function Passkeys() {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "passkeys"], queryFn: listPasskeys });
  return (
    <ShowLoaded loaded={loaded} of="your passkeys">
      {(passkeys) => (
        <>
          <ul className="flex flex-col empty:hidden">
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} />
            ))}
          </ul>
          {canPasskey() ? <AddPasskey /> : <Note>This browser cannot make passkeys.</Note>}
        </>
      )}
    </ShowLoaded>
  );
}

function AddPasskey() {
  const { mutate, isPending, error } = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: () => addPasskey(deviceWords(navigator.userAgent)),
    onSuccess: () => toast("The passkey is added"),
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Failure of={error} tone="plain" />
      <Button icon={KeyRound} pending={isPending} onClick={() => mutate()}>
        Add a passkey
      </Button>
    </div>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const [asking, setAsking] = useState(false);
  const name = passkey.name || "Passkey";
  const remove = useMutation({ mutationKey: ACCOUNT, mutationFn: () => removePasskey(passkey.id) });
  return (
    <li className="flex min-h-10 items-center gap-3 py-1.5">
      <Icon of={KeyRound} className="text-muted" />
      <span className="min-w-0 grow truncate">{name}</span>
      {passkey.createdAt && (
        <span className="shrink-0 text-muted text-small">
          Added <Time at={Date.parse(passkey.createdAt)} as="long" />
        </span>
      )}
      <Button size="small" look="plain" className="-me-2.5" onClick={() => setAsking(true)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Remove this passkey?"
        words={`${name} will no longer sign you in. Your password still does.`}
        act="Remove"
        work={remove}
      />
    </li>
  );
}
