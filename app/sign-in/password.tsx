"use client";
import { useMutation } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import Link from "next/link";
import { type FormEvent, useSyncExternalStore } from "react";
import { signIn } from "@/app/auth/client";
import { goOn } from "@/app/auth/next";
import { canPasskey, signInWithPasskey } from "@/app/auth/passkey";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";

const never = () => () => {};

/** Handle or address with a password, or a passkey. */
export function Password({ quiet, onSecondStep }: { quiet: boolean; onSecondStep: () => void }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ who, password }: { who: string; password: string }) => signIn(who, password),
    onSuccess: (signedIn) => (signedIn === "second-step" ? onSecondStep() : goOn()),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const again = () => form.querySelector<HTMLInputElement>("[name=password]")?.select();
    mutate({ who: String(data.get("username")), password: String(data.get("password")) }, { onError: again });
  };
  const Heading = quiet ? "h2" : "h1";
  return (
    <section className="flex flex-col gap-5">
      <Heading className={`font-semibold ${quiet ? "text-large" : "text-title"}`}>{quiet ? "Or with an account" : "Sign in"}</Heading>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Handle or e-mail address" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required dir="ltr" />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required maxLength={128} />
        <Failure of={error} />
        <Button type="submit" look={quiet ? "quiet" : "primary"} size="large" pending={isPending}>
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
  const { mutate, isPending, error } = useMutation({ mutationFn: signInWithPasskey, onSuccess: goOn });
  if (!possible) return null;
  return (
    <>
      <Button look="plain" size="large" icon={KeyRound} pending={isPending} onClick={() => mutate()}>
        Use a passkey
      </Button>
      <Failure of={error} tone="plain" />
    </>
  );
}
