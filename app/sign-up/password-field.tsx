"use client";
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useState } from "react";
import { IconButton } from "@/app/ui/button";
import { TextField } from "@/app/ui/field";

const LEAST = 8;

/** A password being chosen: it can be looked at, and says how much is still missing. */
export function PasswordField({ label, autoComplete, name = "password" }: { label: string; autoComplete: "new-password" | "current-password"; name?: string }) {
  const [shown, setShown] = useState(false);
  const [length, setLength] = useState(0);
  return (
    <TextField
      label={label}
      name={name}
      type={shown ? "text" : "password"}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required
      minLength={autoComplete === "new-password" ? LEAST : undefined}
      maxLength={128}
      onChange={(event) => setLength(event.target.value.length)}
      hint={autoComplete === "new-password" ? passwordHint(length) : undefined}
      after={
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? "Hide the password" : "Show the password"}
          size="small"
          className="-me-2"
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}

/** Length is what makes a password hard to guess (NIST SP 800-63B-4, 3.1.1.2); nothing else is asked of it. */
function passwordHint(length: number): string {
  if (length === 0) return `At least ${LEAST} characters. A few words are better than one odd one.`;
  if (length < LEAST) return `${LEAST - length} more.`;
  return length < 14 ? "Good. Longer is better." : "Long enough to be hard to guess.";
}
