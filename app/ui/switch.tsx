"use client";
import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";

export interface SwitchProps {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once. The whole row is the target. */
export function Switch({ label, hint, ...state }: SwitchProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center justify-between gap-4">
      <span className="flex min-w-0 flex-col">
        <span className="font-medium">{label}</span>
        {hint && <span className="text-muted text-small">{hint}</span>}
      </span>
      <Base.Root
        id={id}
        {...state}
        className="flex h-5 w-9 shrink-0 rounded-full bg-edge p-0.5 outline outline-transparent -outline-offset-1 transition-colors data-[checked]:bg-accent data-[disabled]:opacity-50"
      >
        <Base.Thumb className="size-4 rounded-full bg-raised transition-transform forced-colors:bg-[CanvasText] data-[checked]:translate-x-4 rtl:data-[checked]:-translate-x-4" />
      </Base.Root>
    </label>
  );
}
