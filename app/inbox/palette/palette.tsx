"use client";
import { Command } from "cmdk";
import Search from "lucide-react/icons/search";
import { useMemo, useState } from "react";
import { useActions, useFolder, usePeople, usePersonSearch } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { Avatar } from "@/app/ui/avatar";
import { Dialog } from "@/app/ui/dialog";
import { Icon } from "@/app/ui/icon";
import { Kbd } from "@/app/ui/kbd";
import { toast } from "@/app/ui/toast";
import { asAppError } from "@/domain/error";
import type { Person } from "@/domain/person";
import type { Folder, Thread } from "@/domain/thread";
import { type Command as Doable, useCommands } from "../commands";
import { focusComposerSoon } from "../composer/focus";
import { ThreadAvatar } from "../list/thread-avatar";
import { othersOf, outsideWords, personOf, threadTitle } from "../model/names";
import type { Place } from "../model/whereabouts";
import { OneLine } from "../one-line";
import { go } from "../place";

/** Of each kind, so that the list stays short enough to read. */
const MOST = { threads: 6, people: 6 };
const NO_PRESENCE = new Map();

interface PaletteProps {
  me: Me;
  place: Place | undefined;
  onClose: () => void;
}

/** Finds people, the conversations that are loaded, and commands, by a few letters. */
export default function Palette({ me, place, onClose }: PaletteProps) {
  const [query, setQuery] = useState("");
  const then = (act: () => void) => () => {
    onClose();
    // After the dialog has given the focus back: what is opened next may want it.
    setTimeout(act, 0);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Search" hideTitle>
      <Command label="Search people, conversations and commands" shouldFilter={false} loop className="-m-2 flex min-h-0 flex-col gap-2">
        <div className="flex items-center gap-2 border-line border-b px-2 pb-2">
          <Icon of={Search} className="text-faint" />
          <Command.Input
            value={query}
            onValueChange={setQuery}
            placeholder="People, conversations, commands"
            className="h-8 grow bg-transparent outline-none max-md:h-11"
          />
          <Kbd keys="Escape" className="text-faint max-md:hidden" />
        </div>
        <Command.List className="max-h-[min(26rem,60dvh)] max-md:h-[60dvh] overflow-y-auto [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-small">
          <Command.Empty className="px-2 py-6 text-center text-muted">Nothing found.</Command.Empty>
          <Threads {...{ query, me, then }} folder={place?.folder ?? "messages"} />
          <People {...{ query, me, then }} />
          <Commands {...{ query, place, then }} />
        </Command.List>
        <p className="border-line border-t px-2 pt-2 text-faint text-small">
          Searches everybody you can write to, commands, and the conversations listed so far. What was said in them is not searched yet.
        </p>
      </Command>
    </Dialog>
  );
}

function visit(place: Place): void {
  go(place);
  focusComposerSoon();
}

type Then = (act: () => void) => () => void;

const ITEM = "flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 py-1 data-[selected=true]:bg-hover max-md:min-h-11";

function Threads({ query, me, folder, then }: { query: string; me: Me; folder: Folder; then: Then }) {
  const { threads } = useFolder(folder);
  const near = useMemo(() => threads.slice(0, 400), [threads]);
  const people = usePeople(useMemo(() => [...new Set(near.flatMap((thread) => thread.people.slice(0, 6)))], [near]));
  const found = near.filter((thread) => matches(threadTitle(thread, people, me.id), query)).slice(0, MOST.threads);
  if (found.length === 0) return null;
  const faces = (thread: Thread) =>
    othersOf(thread, me.id)
      .slice(0, 2)
      .map((id) => personOf(id, people, thread));
  return (
    <Command.Group heading="Conversations">
      {found.map((thread) => (
        <Command.Item key={thread.id} value={`thread ${thread.id}`} onSelect={then(() => visit({ folder, threadId: thread.id }))} className={ITEM}>
          <ThreadAvatar people={faces(thread)} presence={NO_PRESENCE} size={32} />
          <OneLine className="grow">{threadTitle(thread, people, me.id)}</OneLine>
          <OneLine className="max-w-[50%] text-faint text-small">{thread.last?.snippet}</OneLine>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function People({ query, me, then }: { query: string; me: Me; then: Then }) {
  const search = usePersonSearch(query.trim());
  const actions = useActions();
  if (query.trim() === "") return null;
  const found = search.people.filter(({ id }) => id !== me.id).slice(0, MOST.people);
  if (found.length === 0) return null;
  const write = (person: Person) =>
    actions.start([person.id]).then(
      (thread) => visit({ folder: thread.folder, threadId: thread.id }),
      (error: unknown) => toast(asAppError(error).message, { tone: "danger" }),
    );
  return (
    <Command.Group heading="People">
      {found.map((person) => (
        <Command.Item key={person.id} value={`person ${person.id}`} onSelect={then(() => void write(person))} className={ITEM}>
          <Avatar name={person.name} hue={person.hue} />
          <OneLine className="grow">{person.name}</OneLine>
          <OneLine className="text-faint text-small">{person.outside ? outsideWords(person) : person.handle ? `@${person.handle}` : ""}</OneLine>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Commands({ query, place, then }: { query: string; place: Place | undefined; then: Then }) {
  const commands = useCommands(place).filter((command) => !command.keysOnly && matches(command.label, query));
  const groups = [...new Set(commands.map(({ group }) => group))];
  return groups.map((group) => (
    <Command.Group key={group} heading={group}>
      {commands
        .filter((command) => command.group === group)
        .map((command) => (
          <CommandItem key={command.id} command={command} onSelect={then(command.run)} />
        ))}
    </Command.Group>
  ));
}

const CommandItem = ({ command: { id, label, keys }, onSelect }: { command: Doable; onSelect: () => void }) => (
  <Command.Item value={`command ${id}`} onSelect={onSelect} className={ITEM}>
    <span className="grow">{label}</span>
    {keys?.[0] && <Kbd keys={keys[0]} className="text-faint max-md:hidden" />}
  </Command.Item>
);

/** Every word that is typed begins, or is inside, the text: whatever the case and the accents. */
function matches(text: string, query: string): boolean {
  const plain = folded(text);
  return folded(query)
    .split(/\s+/u)
    .every((word) => plain.includes(word));
}

const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
