"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { numberWords } from "@/app/numbers";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { ShowLoaded } from "@/app/ui/loaded";
import { SelectField } from "@/app/ui/select-field";
import { Switch } from "@/app/ui/switch";
import { TEXT_KINDS, type TextWishes, USUAL_WISHES } from "@/domain/texting";
import { ACCOUNT, loadTexting, saveWishes, TEXTS, type Texting } from "./data";
import { CAPS, capWords, HALF_HOURS, hereZone, KIND_WORDS, timeWords, zoneWords } from "./text-words";

/** What the person wants to be texted of while they are away. Each change counts at once. */
export default function Texts() {
  const loaded = useQuery({ queryKey: TEXTS, queryFn: loadTexting });
  return (
    <ShowLoaded loaded={loaded} of="your text messages">
      {(texting) => (texting.phones.length === 0 ? <NoPhone /> : <Wishes texting={texting} />)}
    </ShowLoaded>
  );
}

const NoPhone = () => <p className="text-muted">No phone is linked to your account, so nothing is texted to you.</p>;

function Wishes({ texting: { phones, wishes: known, said } }: { texting: Texting }) {
  const client = useQueryClient();
  const save = useMutation({ mutationKey: ACCOUNT, mutationFn: saveWishes, onSuccess: (answer) => client.setQueryData(TEXTS, answer) });
  const wishes = save.isPending ? save.variables : known;
  const change = (some: Partial<TextWishes>) => save.mutate({ ...wishes, ...some });
  const { mutate } = save;
  // Without it the quiet hours of who never changes a thing would be those of another part of the world.
  useEffect(() => {
    if (!said) mutate({ ...known, zone: hereZone() });
  }, [said, known, mutate]);
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label="Text me what I miss"
        hint={phones.length === 1 ? `To ${numberWords(phones[0] ?? "")}` : undefined}
        checked={wishes.on}
        onCheckedChange={(on) => change({ on })}
      />
      {wishes.on && (
        <>
          {phones.length > 1 && <Phones phones={phones} wishes={wishes} change={change} />}
          <Kinds wishes={wishes} change={change} />
          <Quiet wishes={wishes} change={change} />
          <SelectField
            label="Texts a day, at most"
            value={String(wishes.daily)}
            onChange={(event) => change({ daily: Number(event.target.value) })}
            options={[...new Set([...CAPS, wishes.daily])].sort((a, b) => a - b).map((cap) => ({ value: String(cap), label: capWords(cap) }))}
            className="max-w-48"
          />
        </>
      )}
      <Failure of={save.error} />
    </div>
  );
}

interface PartProps {
  wishes: TextWishes;
  change: (some: Partial<TextWishes>) => void;
}

const Phones = ({ phones, wishes: { off }, change }: PartProps & { phones: readonly string[] }) => (
  <fieldset className="flex flex-col">
    <legend className="text-muted text-small">To</legend>
    {phones.map((phone) => (
      <Switch
        key={phone}
        label={numberWords(phone)}
        checked={!off.includes(phone)}
        onCheckedChange={(on) => change({ off: on ? off.filter((one) => one !== phone) : [...off, phone] })}
      />
    ))}
  </fieldset>
);

const Kinds = ({ wishes: { kinds }, change }: PartProps) => (
  <fieldset className="flex flex-col">
    <legend className="text-muted text-small">About</legend>
    {TEXT_KINDS.map((kind) => (
      <Switch key={kind} {...KIND_WORDS[kind]} checked={kinds[kind]} onCheckedChange={(on) => change({ kinds: { ...kinds, [kind]: on } })} />
    ))}
  </fieldset>
);

function Quiet({ wishes, change }: PartProps) {
  const { quiet, zone } = wishes;
  const here = hereZone();
  const set = (some: Partial<NonNullable<TextWishes["quiet"]>>) => quiet && change({ quiet: { ...quiet, ...some } });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Quiet hours</legend>
      <Switch
        label="Quiet hours"
        hint="What comes within them is texted after."
        checked={quiet !== undefined}
        onCheckedChange={(on) => change({ quiet: on ? USUAL_WISHES.quiet : undefined })}
      />
      {quiet && (
        <div className="flex max-w-72 gap-3">
          <Time label="From" value={quiet.from} not={quiet.to} onChange={(from) => set({ from })} />
          <Time label="To" value={quiet.to} not={quiet.from} onChange={(to) => set({ to })} />
        </div>
      )}
      <p className="flex flex-wrap items-center gap-x-3 text-muted text-small">
        Your days and hours are those of {zoneWords(zone)}.
        {zone !== here && (
          <Button size="small" onClick={() => change({ zone: here })}>
            Use {zoneWords(here)}
          </Button>
        )}
      </p>
    </fieldset>
  );
}

const Time = ({ label, value, not, onChange }: { label: string; value: number; not: number; onChange: (minute: number) => void }) => (
  <SelectField
    label={label}
    value={String(value)}
    onChange={(event) => onChange(Number(event.target.value))}
    options={[...new Set([...HALF_HOURS, value])]
      .filter((minute) => minute !== not)
      .sort((a, b) => a - b)
      .map((minute) => ({ value: String(minute), label: timeWords(minute) }))}
    className="grow"
  />
);
