"use client";
import X from "lucide-react/icons/x";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { Avatar } from "@/app/ui/avatar";
import { CHANNEL } from "@/app/ui/channel";
import { cx } from "@/app/ui/cx";
import { Icon } from "@/app/ui/icon";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import { type Channel, nativeChannel, type ParticipantId, phoneOf } from "@/domain/address";
import type { Person } from "@/domain/person";
import { outsideWords } from "../model/names";
import { plural } from "../model/words";
import { OneLine } from "../one-line";
import { type Candidates, useCandidates } from "./use-candidates";

interface PeopleFieldProps {
  label: string;
  chosen: readonly Person[];
  onChange: (people: readonly Person[]) => void;
  /** Ids that cannot be chosen: who is in the conversation already. */
  without?: readonly ParticipantId[];
  inputRef: RefObject<HTMLInputElement | null>;
  /** What is typed and not chosen yet. */
  query: string;
  onQuery: (text: string) => void;
  /** Enter with nothing typed, when somebody is chosen. */
  onDone: () => void;
}

const NONE: readonly ParticipantId[] = [];

/** Choosing people by name, handle, e-mail address or phone number: a combobox with the chosen ones as chips (WAI-ARIA combobox pattern). */
export function PeopleField({ label, chosen, onChange, without = NONE, inputRef, query, onQuery, onDone }: PeopleFieldProps) {
  const [at, setAt] = useState(0);
  const id = useId();
  const taken = [...without, ...chosen.map((person) => person.id)];
  const candidates = useCandidates(query, taken);
  const active = candidates.people[Math.min(at, candidates.people.length - 1)];
  const choose = (person: Person) => {
    onChange([...chosen, person]);
    onQuery("");
    setAt(0);
    inputRef.current?.focus();
  };
  const drop = (person: Person) => {
    onChange(chosen.filter((other) => other.id !== person.id));
    inputRef.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = chosen.at(-1);
    if (event.key === "Backspace" && query === "" && last) drop(last);
    else if (event.key === "ArrowDown") setAt(Math.min(at + 1, candidates.people.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && query.trim() === "" && chosen.length > 0) onDone();
    else if (event.key === "Enter" || (event.key === "," && query.trim() !== "")) active && choose(active);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex min-h-0 flex-col gap-2">
      <div className="flex max-h-40 flex-wrap items-center gap-1.5 overflow-y-auto rounded-md border border-edge bg-raised p-1.5 focus-within:border-accent has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-1 has-[:focus-visible]:outline-accent">
        {chosen.map((person) => (
          <Chip key={person.id} person={person} onDrop={() => drop(person)} />
        ))}
        <input
          ref={inputRef}
          role="combobox"
          aria-label={label}
          aria-expanded={candidates.people.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={chosen.length === 0 ? "Name, handle, e-mail or phone" : ""}
          value={query}
          onChange={(event) => {
            onQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-7 min-w-40 grow bg-transparent px-1.5 outline-none max-md:h-10"
        />
      </div>
      <List {...{ id, candidates, active, query, choose }} />
    </div>
  );
}

interface ListProps {
  id: string;
  candidates: Candidates;
  active: Person | undefined;
  query: string;
  choose: (person: Person) => void;
}

function List({ id, candidates: { people, presence, recent, searching }, active, query, choose }: ListProps) {
  return (
    <>
      <p role="status" className="min-h-4.5 px-2 text-faint text-small">
        {people.length > 0
          ? recent
            ? "Recent"
            : plural(people.length, "person", "people")
          : searching || query.trim() === ""
            ? ""
            : "Nobody by that name. A whole e-mail address also works, or a phone number; from another country it begins with +."}
      </p>
      {/* On a phone the dialog stands on its foot: a list of one height keeps the field still while one types. */}
      <div id={`${id}-list`} role="listbox" aria-label="People" className="flex min-h-0 flex-col overflow-y-auto max-md:h-[44dvh]">
        {people.map((person) => (
          // The field keeps the focus and says which option is active, so the options themselves are not stops.
          <div
            key={person.id}
            id={`${id}-${person.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={person === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(person)}
            onKeyDown={(event) => event.key === "Enter" && choose(person)}
            className={cx("flex min-h-12 cursor-pointer items-center gap-3 rounded-md px-2", person === active ? "bg-press" : "hover:bg-hover")}
          >
            <Avatar name={person.name} hue={person.hue} presence={presence.get(person.id) ?? "offline"} />
            <span className="flex min-w-0 grow flex-col">
              <OneLine>{recent ? person.name : offerOf(person)}</OneLine>
              <OneLine className="text-faint text-small">{hintOf(person)}</OneLine>
            </span>
          </div>
        ))}
      </div>
    </>
  );
}

/** A number says nothing of what will be done with it; a name and an address do. */
const offerOf = ({ id, name }: Person): string => (phoneOf(id) === undefined ? name : `Send SMS to ${name}`);

const hintOf = (person: Person): string => (person.outside ? outsideWords(person) : person.handle === undefined ? "" : `@${person.handle}`);

const Chip = ({ person, onDrop }: { person: Person; onDrop: () => void }) => (
  <span className="flex h-7 max-w-full items-center gap-1.5 rounded-full bg-hover ps-1 pe-0.5 max-md:h-10">
    <Avatar name={person.name} hue={person.hue} size={20} />
    <OneLine className="max-w-48 text-small">{person.name}</OneLine>
    {person.outside && <How channel={nativeChannel(person.id)} />}
    <button type="button" onClick={onDrop} className="grid size-6 place-items-center rounded-full text-muted hover:bg-press hover:text-ink max-md:size-10">
      <Icon of={X} size={12} />
      <VisuallyHidden>Remove {person.name}</VisuallyHidden>
    </button>
  </span>
);

const How = ({ channel }: { channel: Channel }) => <span className={cx("shrink-0 text-small", CHANNEL[channel].text)}>{CHANNEL[channel].by}</span>;
