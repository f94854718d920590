"use client";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { numberWords } from "@/app/numbers";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { toast } from "@/app/ui/toast";
import { ACCOUNT, claimPhone, confirmPhone } from "./data";

/** Links a phone by the code that came to it. The code says which one, so it is all that is asked for. */
export function PhoneCode({ label, acts, error = null, onDone }: { label: string; acts?: ReactNode; error?: Error | null; onDone?: () => void }) {
  const confirm = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: confirmPhone,
    onSuccess: ({ number }) => {
      toast(`${numberWords(number)} is linked`);
      onDone?.();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirm.mutate(String(new FormData(event.currentTarget).get("code")).trim());
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <TextField label={label} name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={24} dir="ltr" className="w-52 max-md:w-36" />
        <Button type="submit" pending={confirm.isPending} className="h-9">
          Link
        </Button>
        {acts}
      </div>
      <Failure of={confirm.error ?? error} />
    </form>
  );
}

/** Under a phone whose code is awaited. */
export function AwaitedCode({ number }: { number: string }) {
  const again = useMutation({ mutationFn: () => claimPhone(number), onSuccess: () => toast("A new code is on its way") });
  return (
    <div className="border-sms border-s-2 ps-3">
      <PhoneCode
        label="Code we texted"
        error={again.error}
        acts={
          <Button look="plain" pending={again.isPending} onClick={() => again.mutate()} className="h-9">
            Send again
          </Button>
        }
      />
    </div>
  );
}
