"use client";
import { useRef } from "react";
import { Dialog } from "@/app/ui/dialog";
import { Kbd } from "@/app/ui/kbd";
import { useCommands } from "../commands";
import type { Place } from "../model/whereabouts";

const COMPOSER = [
  { label: "Send", keys: "Enter" },
  { label: "New line", keys: "Shift+Enter" },
  { label: "Leave the composer", keys: "Escape" },
];
const LIST = [
  { label: "Along the list, along the messages", keys: "ArrowDown" },
  { label: "Open the conversation", keys: "Enter" },
];

/** Every key there is. */
export default function KeysDialog({ place, onClose }: { place: Place | undefined; onClose: () => void }) {
  const inside = useRef<HTMLDivElement>(null);
  const commands = useCommands(place).flatMap(({ label, group, keys }) => (keys?.[0] ? [{ label, group, keys: keys[0] }] : []));
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Keys"
      description="Letters work whenever you are not writing."
      size="large"
      initialFocus={inside}
    >
      <div ref={inside} tabIndex={-1} className="grid scroll-mt-40 outline-none gap-x-8 gap-y-5 md:grid-cols-2">
        {groups.map((group) => (
          <Group key={group} heading={group} rows={[...commands.filter((command) => command.group === group), ...(group === "Conversation" ? LIST : [])]} />
        ))}
        <Group heading="Writing" rows={COMPOSER} />
      </div>
    </Dialog>
  );
}

const Group = ({ heading, rows }: { heading: string; rows: readonly { label: string; keys: string }[] }) => (
  <section className="flex flex-col gap-1">
    <h3 className="font-medium text-small text-faint">{heading}</h3>
    <dl className="flex flex-col">
      {rows.map(({ label, keys }) => (
        <div key={label} className="flex min-h-8 items-center justify-between gap-4">
          <dt>{label}</dt>
          <dd className="shrink-0">
            <Kbd keys={keys} className="text-muted" />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
