"use client";
import type { FormEvent } from "react";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/field";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";
import { claimAddress, confirmAddress } from "./data";

/** Proves that an address is the person's own by the code that was sent to it. */
export function AddressCode({ email, onConfirmed }: { email: string; onConfirmed: () => void }) {
  const confirm = useAct(async (code: string) => {
    await confirmAddress(email, code);
    toast(`${email} is verified`);
    onConfirmed();
  });
  const again = useAct(async () => {
    await claimAddress(email);
    toast("A new code is on its way");
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void confirm.act(String(new FormData(event.currentTarget).get("code")).replace(/\s/g, ""));
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
        <Button type="submit" pending={confirm.pending} className="h-9">
          Verify
        </Button>
        <Button look="plain" pending={again.pending} onClick={() => void again.act()} className="h-9">
          Send again
        </Button>
      </div>
      {(confirm.failure ?? again.failure) && <Note tone="danger">{confirm.failure ?? again.failure}</Note>}
    </form>
  );
}
