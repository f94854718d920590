"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Confirm } from "@/app/ui/confirm";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { ShowLoaded } from "@/app/ui/loaded";
import { toast } from "@/app/ui/toast";
import { AddressCode } from "./address-code";
import { ACCOUNT, type Address, claimAddress, loadAddresses, removeAddress } from "./data";

/** The person's addresses: verified ones join their conversation, the others wait for their code. `own` is the one Braid gave. */
export function Addresses({ own }: { own: string }) {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "addresses"], queryFn: loadAddresses });
  return (
    <ShowLoaded loaded={loaded} of="your addresses">
      {(addresses) => (
        <>
          <ul className="flex flex-col empty:hidden">
            {addresses.map((address) => (
              <AddressRow key={address.email} address={address} own={address.email === own} />
            ))}
          </ul>
          <AddAddress />
        </>
      )}
    </ShowLoaded>
  );
}

function AddressRow({ address, own }: { address: Address; own: boolean }) {
  const [asking, setAsking] = useState(false);
  const verified = address.verifiedAt !== undefined;
  const remove = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: () => removeAddress(address.email),
    onSuccess: () => toast(`${address.email} is removed`),
  });
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
      {!verified && <AddressCode email={address.email} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Remove this address?"
        words={`Mail from ${address.email} will then come as from a person outside. What is in your conversations stays.`}
        act="Remove"
        work={remove}
      />
    </li>
  );
}

function AddAddress() {
  const form = useRef<HTMLFormElement>(null);
  const { mutate, isPending, error } = useMutation({ mutationKey: ACCOUNT, mutationFn: claimAddress, onSuccess: () => form.current?.reset() });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(String(new FormData(event.currentTarget).get("email")).trim());
  };
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <TextField label="Add an e-mail address" name="email" type="email" autoComplete="email" required maxLength={254} dir="ltr" className="grow" />
        <Button type="submit" pending={isPending} className="h-9">
          Send code
        </Button>
      </div>
      <Failure of={error} />
    </form>
  );
}
