"use client";
import type { UseMutationResult } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { PasswordField } from "@/app/sign-up/password-field";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";

/** What touches the second step asks for the password again: an open, unlocked screen must not be enough. */
export function AskPassword({ act, work }: { act: string; work: UseMutationResult<unknown, Error, string> }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    work.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField label="Your password" autoComplete="current-password" />
      <Failure of={work.error} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={work.isPending}>
          {act}
        </Button>
      </div>
    </form>
  );
}
