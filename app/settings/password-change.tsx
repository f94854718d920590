"use client";
import { type FormEvent, useState } from "react";
import { changePassword } from "@/app/auth/client";
import { PasswordField } from "@/app/sign-up/password-field";
import { Button } from "@/app/ui/button";
import { CheckBox } from "@/app/ui/check-box";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";

/** Opens its form on demand: it is needed rarely. `handle` tells password managers whose password it is. */
export function PasswordChange({ handle }: { handle?: string }) {
  const [open, setOpen] = useState(false);
  const { act, pending, failure } = useAct(async (data: FormData) => {
    await changePassword(String(data.get("current")), String(data.get("password")), data.get("others") !== null);
    setOpen(false);
    toast("Your password is changed");
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act(new FormData(event.currentTarget));
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
      {failure && <Note tone="danger">{failure}</Note>}
      <div className="flex gap-2">
        <Button type="submit" look="primary" pending={pending}>
          Change password
        </Button>
        <Button look="plain" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
