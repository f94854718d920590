import Check from "lucide-react/icons/check";
import { TextField } from "@/app/ui/field";
import { Icon } from "@/app/ui/icon";
import type { HandleState } from "./use-handle";

/** The handle with its @; says at once whether it can be had. */
export function HandleField({ handle, touched, onChange }: { handle: HandleState; touched: boolean; onChange: (handle: string) => void }) {
  return (
    <TextField
      label="Handle"
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      value={handle.value}
      onChange={(event) => onChange(event.target.value.replace(/^@/, "").toLowerCase())}
      error={touched || handle.free === false ? handle.problem : undefined}
      hint={handle.free ? "It is free." : "Your short name here, and the front of your mail address."}
      before={<span className="-me-1.5 text-faint">@</span>}
      after={handle.free && <Icon of={Check} className="text-chat" />}
    />
  );
}
