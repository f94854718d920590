"use client";
import { type FormEvent, useState } from "react";
import { signUp } from "@/app/auth/client";
import { suggestHandle } from "@/app/auth/handle";
import { goOn } from "@/app/auth/next";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/field";
import { OfflineLine } from "@/app/ui/offline";
import { Note } from "@/app/ui/states";
import { useAct } from "@/app/ui/use-act";
import { HandleField } from "./handle-field";
import { PasswordField } from "./password-field";
import { useHandle } from "./use-handle";

/** Name, handle, password, and in. The handle follows the name until it is touched. */
export function NewAccount({ title, words }: { title: string; words?: string }) {
  const [name, setName] = useState("");
  const [own, setOwn] = useState<string>();
  const handle = useHandle(own ?? suggestHandle(name));
  const [asked, setAsked] = useState(false);
  const { act, pending, failure } = useAct(async (password: string) => {
    await signUp(name, handle.value, password);
    goOn();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    const form = event.currentTarget;
    if (handle.problem !== undefined) form.querySelector<HTMLInputElement>("[name=username]")?.focus();
    else void act(String(new FormData(form).get("password")));
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
        {failure && <Note tone="danger">{failure}</Note>}
        <Button type="submit" look="primary" size="large" pending={pending}>
          Create account
        </Button>
      </form>
    </section>
  );
}
