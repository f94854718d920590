"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { secondStep } from "@/app/auth/client";
import { goOn } from "@/app/auth/next";
import { Button } from "@/app/ui/button";
import { CheckBox } from "@/app/ui/check-box";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { takeFocus } from "@/app/ui/focus";

type Kind = "totp" | "recovery";

const ASKS: Record<Kind, { label: string; hint: string; other: string }> = {
  totp: { label: "Code", hint: "The six digits your authenticator app shows now.", other: "Use a recovery code" },
  recovery: { label: "Recovery code", hint: "One of the codes you kept when you turned this on. Each works once.", other: "Use the authenticator app" },
};

/** The code after the password. */
export function SecondStep({ onBack }: { onBack: () => void }) {
  const [kind, setKind] = useState<Kind>("totp");
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ code, trust }: { code: string; trust: boolean }) => secondStep(code, kind, trust),
    onSuccess: goOn,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    mutate({ code: String(data.get("code")), trust: data.get("trust") !== null });
  };
  const change = () => {
    reset();
    setKind(kind === "totp" ? "recovery" : "totp");
  };
  return (
    <section className="flex flex-col gap-5">
      <h1 className="font-semibold text-title">One more step</h1>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <CodeField key={kind} kind={kind} />
        <CheckBox name="trust" label="Do not ask on this device for 30 days" />
        <Failure of={error} />
        <Button type="submit" look="primary" size="large" pending={isPending}>
          Continue
        </Button>
        <Button look="plain" size="large" onClick={change}>
          {ASKS[kind].other}
        </Button>
        <Button look="plain" size="large" onClick={onBack}>
          Back
        </Button>
      </form>
    </section>
  );
}

const CodeField = ({ kind }: { kind: Kind }) => (
  <TextField
    ref={takeFocus}
    name="code"
    label={ASKS[kind].label}
    hint={ASKS[kind].hint}
    autoComplete="one-time-code"
    inputMode={kind === "totp" ? "numeric" : "text"}
    pattern={kind === "totp" ? "[0-9 ]{6,8}" : undefined}
    title={kind === "totp" ? "Six digits" : undefined}
    autoCapitalize="none"
    spellCheck={false}
    required
    dir="ltr"
  />
);
