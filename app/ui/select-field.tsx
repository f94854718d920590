"use client";
import ChevronDown from "lucide-react/icons/chevron-down";
import { type ComponentProps, useId } from "react";
import { Icon } from "./icon";

export interface SelectFieldProps extends ComponentProps<"select"> {
  label: string;
  options: readonly { value: string; label: string }[];
}

/** One of a few. The browser's own list: it is the best there is on a phone, and costs nothing. */
export function SelectField({ label, options, className, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${className ?? ""}`}>
      <label htmlFor={id} className="font-medium text-small">
        {label}
      </label>
      <div className="relative">
        <select {...select} id={id} className="h-9 w-full appearance-none truncate rounded-md border border-edge bg-raised ps-3 pe-9 text-ink max-md:h-11">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-muted" />
      </div>
    </div>
  );
}
