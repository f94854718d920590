"use client";
import { type FormEvent, useRef, useState } from "react";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Confirm } from "@/app/ui/confirm";
import { TextField } from "@/app/ui/field";
import { ShowLoaded } from "@/app/ui/loaded";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";
import { useLoad } from "@/app/ui/use-load";
import { AddressCode } from "./address-code";
import { type Address, claimAddress, loadAddresses, removeAddress } from "./data";

/** The person's addresses: verified ones join their conversation, the others wait for their code. `own` is the one Braid gave. */
export function Addresses({ own }: { own: string }) {
  const loaded = useLoad(loadAddresses);
  return (
    <ShowLoaded loaded={loaded} of="your addresses">
      {(addresses) => (
        <>
          <ul className="flex flex-col empty:hidden">
            {addresses.map((address) => (
              <AddressRow key={address.email} address={address} own={address.email === own} onChanged={loaded.reload} />
            ))}
          </ul>
          <AddAddress onAdded={loaded.reload} />
        </>
      )}
    </ShowLoaded>
  );
}

function AddressRow({ address, own, onChanged }: { address: Address; own: boolean; onChanged: () => void }) {
  const [asking, setAsking] = useState(false);
  const verified = address.verifiedAt !== undefined;
  const remove = async () => {
    await removeAddress(address.email);
    toast(`${address.email} is removed`);
    onChanged();
  };
  return (
    <li className="flex flex-col gap-2 py-1.5">
      <div className="flex min-h-8 items-center gap-3">
        <bdi className="min-w-0">{address.email}</bdi>
        <Tag tone={verified ? "good" : "wait"}>{own ? "Yours here" : verified ? "Verified" : "Waiting"}</Tag>
        {!own && (
          <Button size="small" look="plain" className="-me-2.5 ms-auto" onClick={() => setAsking(true)} aria-label={`Remove ${address.email}`}>
            Remove
          </Button>
        )}
      </div>
      {!verified && <AddressCode email={address.email} onConfirmed={onChanged} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Remove this address?"
        words={`Mail from ${address.email} will then come as from a person outside. What is in your conversations stays.`}
        act="Remove"
        onAct={remove}
      />
    </li>
  );
}

function AddAddress({ onAdded }: { onAdded: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const { act, pending, failure } = useAct(async (email: string) => {
    await claimAddress(email);
    form.current?.reset();
    onAdded();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act(String(new FormData(event.currentTarget).get("email")).trim());
  };
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <TextField label="Add an e-mail address" name="email" type="email" autoComplete="email" required maxLength={254} dir="ltr" className="grow" />
        <Button type="submit" pending={pending} className="h-9">
          Send code
        </Button>
      </div>
      {failure && <Note tone="danger">{failure}</Note>}
    </form>
  );
}
