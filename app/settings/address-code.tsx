"use client";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { toast } from "@/app/ui/toast";
import { ACCOUNT, claimAddress, confirmAddress } from "./data";

/** Proves that an address is the person's own by the code that was sent to it. */
export function AddressCode({ email }: { email: string }) {
  const confirm = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: (code: string) => confirmAddress(email, code),
    onSuccess: () => toast(`${email} is verified`),
  });
  const again = useMutation({ mutationFn: () => claimAddress(email), onSuccess: () => toast("A new code is on its way") });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirm.mutate(String(new FormData(event.currentTarget).get("code")).replace(/\s/g, ""));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-email border-s-2 ps-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Code from the mail we sent"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={12}
          dir="ltr"
          className="w-52"
        />
        <Button type="submit" pending={confirm.isPending} className="h-9">
          Verify
        </Button>
        <Button look="plain" pending={again.isPending} onClick={() => again.mutate()} className="h-9">
          Send again
        </Button>
      </div>
      <Failure of={confirm.error ?? again.error} />
    </form>
  );
}
