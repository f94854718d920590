"use client";
import type { FormEvent } from "react";
import { PasswordField } from "@/app/sign-up/password-field";
import { Button } from "@/app/ui/button";
import { Note } from "@/app/ui/states";

/** What touches the second step asks for the password again: an open, unlocked screen must not be enough. */
export function AskPassword({ act, work }: { act: string; work: { act: (password: string) => Promise<boolean>; pending: boolean; failure?: string } }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void work.act(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField label="Your password" autoComplete="current-password" />
      {work.failure && <Note tone="danger">{work.failure}</Note>}
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={work.pending}>
          {act}
        </Button>
      </div>
    </form>
  );
}
