"use client";
import KeyRound from "lucide-react/icons/key-round";
import Link from "next/link";
import { type FormEvent, useSyncExternalStore } from "react";
import { signIn } from "@/app/auth/client";
import { goOn } from "@/app/auth/next";
import { canPasskey, signInWithPasskey } from "@/app/auth/passkey";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/field";
import { Note } from "@/app/ui/states";
import { useAct } from "@/app/ui/use-act";

const never = () => () => {};

/** Handle or address with a password, or a passkey. */
export function Password({ quiet, onSecondStep }: { quiet: boolean; onSecondStep: () => void }) {
  const { act, pending, failure } = useAct(async (who: string, password: string) => {
    if ((await signIn(who, password)) === "second-step") onSecondStep();
    else goOn();
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const done = await act(String(data.get("username")), String(data.get("password")));
    if (!done) form.querySelector<HTMLInputElement>("[name=password]")?.select();
  };
  const Heading = quiet ? "h2" : "h1";
  return (
    <section className="flex flex-col gap-5">
      <Heading className={`font-semibold ${quiet ? "text-large" : "text-title"}`}>{quiet ? "Or with an account" : "Sign in"}</Heading>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label="Handle or e-mail address" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required dir="ltr" />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required maxLength={128} />
        {failure && <Note tone="danger">{failure}</Note>}
        <Button type="submit" look={quiet ? "quiet" : "primary"} size="large" pending={pending}>
          Sign in
        </Button>
        <Passkey />
      </form>
      <p className="text-muted text-small">
        New here?{" "}
        <Link href="/sign-up" className="font-medium text-accent underline-offset-2 hover:underline">
          Create an account
        </Link>
      </p>
    </section>
  );
}

function Passkey() {
  const possible = useSyncExternalStore(never, canPasskey, () => true);
  const { act, pending, failure } = useAct(async () => {
    await signInWithPasskey();
    goOn();
  });
  if (!possible) return null;
  return (
    <>
      <Button look="plain" size="large" icon={KeyRound} pending={pending} onClick={() => void act()}>
        Use a passkey
      </Button>
      {failure && <Note>{failure}</Note>}
    </>
  );
}
