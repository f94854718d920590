"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changePassword } from "@/app/auth/client";
import { PasswordField } from "@/app/sign-up/password-field";
import { Button } from "@/app/ui/button";
import { CheckBox } from "@/app/ui/check-box";
import { Failure } from "@/app/ui/failure";
import { toast } from "@/app/ui/toast";
import { ACCOUNT } from "./data";

/** Opens its form on demand: it is needed rarely. `handle` tells password managers whose password it is. */
export function PasswordChange({ handle }: { handle?: string }) {
  const [open, setOpen] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: (data: FormData) => changePassword(String(data.get("current")), String(data.get("password")), data.get("others") !== null),
    onSuccess: () => {
      setOpen(false);
      toast("Your password is changed");
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  };
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Change password</Button>
      </div>
    );
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={handle ?? ""} readOnly hidden />
      <PasswordField label="Password now" name="current" autoComplete="current-password" />
      <PasswordField label="New password" autoComplete="new-password" />
      <CheckBox name="others" defaultChecked label="Sign out everywhere else" />
      <Failure of={error} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" pending={isPending}>
          Change password
        </Button>
        <Button look="plain" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
