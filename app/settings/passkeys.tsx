"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import { addPasskey, canPasskey, listPasskeys } from "@/app/auth/passkey";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { ShowLoaded } from "@/app/ui/loaded";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { ACCOUNT } from "./data";
import { deviceWords } from "./device";
import { PasskeyRow } from "./passkey-row";

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
