"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { signUp } from "@/app/auth/client";
import { suggestHandle } from "@/app/auth/handle";
import { goOn } from "@/app/auth/next";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { OfflineLine } from "@/app/ui/offline";
import { HandleField } from "./handle-field";
import { PasswordField } from "./password-field";
import { useHandle } from "./use-handle";

/** Name, handle, password, and in. The handle follows the name until it is touched. */
export function NewAccount({ title, words }: { title: string; words?: string }) {
  const [name, setName] = useState("");
  const [own, setOwn] = useState<string>();
  const handle = useHandle(own ?? suggestHandle(name));
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = useMutation({ mutationFn: (password: string) => signUp(name, handle.value, password), onSuccess: goOn });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    const form = event.currentTarget;
    if (handle.problem !== undefined) form.querySelector<HTMLInputElement>("[name=username]")?.focus();
    else mutate(String(new FormData(form).get("password")));
  };
  return (
    <section className="flex flex-col gap-5">
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-title">{title}</h1>
        {words && <p className="text-muted">{words}</p>}
      </header>
      <OfflineLine meanwhile="Creating an account needs a connection." />
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          dir="auto"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint="As others will see it."
        />
        <HandleField handle={handle} touched={asked || own !== undefined} onChange={setOwn} />
        <PasswordField label="Password" autoComplete="new-password" />
        <Failure of={error} />
        <Button type="submit" look="primary" size="large" pending={isPending}>
          Create account
        </Button>
      </form>
    </section>
  );
}
