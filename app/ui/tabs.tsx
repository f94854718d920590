"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface Tab {
  value: string;
  label: string;
  panel: ReactNode;
}

export interface TabsProps {
  /** What the tabs are of, for screen readers. */
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onValueChange?: (value: string) => void;
}

/** Several views of one thing; arrow keys go along the tabs. */
export function Tabs({ label, tabs, value, onValueChange }: TabsProps) {
  return (
    <Base.Root defaultValue={tabs[0]?.value} {...(value !== undefined && { value })} onValueChange={onValueChange} className="flex min-w-0 flex-col gap-4">
      <Base.List aria-label={label} className="relative flex gap-4 border-line border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 border-transparent border-b-2 text-muted hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink max-md:h-11"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
