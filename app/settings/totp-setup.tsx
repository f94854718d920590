"use client";
import { useMutation } from "@tanstack/react-query";
import { toString as drawQr } from "qrcode";
import { type FormEvent, useEffect, useState } from "react";
import { beginTotp, confirmTotp } from "@/app/auth/client";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { takeFocus } from "@/app/ui/focus";
import { AskPassword } from "./ask-password";
import { ACCOUNT } from "./data";
import { RecoveryCodes } from "./recovery-codes";

type Step = { at: "password" } | { at: "scan"; uri: string; codes: readonly string[] } | { at: "codes"; codes: readonly string[] };

/** Password, then the QR code and a first code to prove that it works, then the recovery codes. */
export default function TotpSetup({ onDone }: { onDone: () => void }) {
  const [step, setStep] = useState<Step>({ at: "password" });
  const begin = useMutation({
    mutationFn: beginTotp,
    onSuccess: ({ totpURI, backupCodes }) => setStep({ at: "scan", uri: totpURI, codes: backupCodes }),
  });
  switch (step.at) {
    case "password":
      return <AskPassword act="Continue" work={begin} />;
    case "scan":
      return <Scan uri={step.uri} onRight={() => setStep({ at: "codes", codes: step.codes })} />;
    case "codes":
      return <RecoveryCodes codes={step.codes} onDone={onDone} />;
    default:
      return step satisfies never;
  }
}

function Scan({ uri, onRight }: { uri: string; onRight: () => void }) {
  const { mutate, isPending, error } = useMutation({ mutationKey: ACCOUNT, mutationFn: confirmTotp, onSuccess: onRight });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(String(new FormData(event.currentTarget).get("code")));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-muted">Scan this with an authenticator app, then type the six digits it shows.</p>
      <div className="flex flex-wrap items-center gap-5">
        <Qr text={uri} />
        <div className="flex min-w-0 flex-1 basis-48 flex-col gap-1">
          <span className="text-muted text-small">Or type this key into the app:</span>
          <code className="select-all font-mono text-small" dir="ltr">
            {secretOf(uri)}
          </code>
        </div>
      </div>
      <TextField
        ref={takeFocus}
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{6,8}"
        title="Six digits"
        required
        dir="ltr"
      />
      <Failure of={error} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={isPending}>
          Turn on
        </Button>
      </div>
    </form>
  );
}

/** Dark on white in both themes: many readers refuse the inverse. As an image, so that its SVG is never part of the page. */
function Qr({ text }: { text: string }) {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    void drawQr(text, { type: "svg", margin: 2 }).then((svg) => setSource(`data:image/svg+xml,${encodeURIComponent(svg)}`));
  }, [text]);
  return (
    <div className="size-40 shrink-0 overflow-hidden rounded-md border border-line">
      {source && <img src={source} width={160} height={160} alt="QR code for your authenticator app" />}
    </div>
  );
}

/** The secret in groups of four, which is how one types it (otpauth URI, the `secret` parameter). */
const secretOf = (uri: string): string => (new URL(uri).searchParams.get("secret") ?? "").match(/.{1,4}/g)?.join(" ") ?? "";
