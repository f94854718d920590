import type { ComponentProps } from "react";

/** A yes or no that counts when the form is sent. */
export const CheckBox = ({ label, ...input }: { label: string } & Omit<ComponentProps<"input">, "type">) => (
  <label className="flex min-h-8 cursor-pointer items-center gap-2.5 max-md:min-h-11">
    <input type="checkbox" {...input} className="size-4 shrink-0" />
    {label}
  </label>
);
