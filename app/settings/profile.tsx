"use client";
import { type FormEvent, useState } from "react";
import { HandleField } from "@/app/sign-up/handle-field";
import { useHandle } from "@/app/sign-up/use-handle";
import { Avatar } from "@/app/ui/avatar";
import { Button } from "@/app/ui/button";
import { TextField } from "@/app/ui/field";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";
import { type Me, updateMe } from "./data";

/** Name and handle; saving is offered only when there is something to save. */
export function Profile({ me, onSaved }: { me: Me; onSaved: () => void }) {
  const [name, setName] = useState(me.name);
  const [wanted, setWanted] = useState(me.handle ?? "");
  const handle = useHandle(wanted, me.handle);
  const changed = name.trim() !== me.name || wanted !== me.handle;
  const { act, pending, failure } = useAct(async () => {
    await updateMe({ ...(name.trim() !== me.name && { name: name.trim() }), ...(wanted !== me.handle && { handle: wanted }) });
    toast("Saved");
    onSaved();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && handle.problem === undefined && name.trim() !== "") void act();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex items-center gap-4">
        <Avatar name={name || "?"} hue={me.hue} size={56} />
        <div className="flex min-w-0 flex-col">
          <bdi className="truncate font-medium">{name}</bdi>
          <bdi className="truncate text-muted text-small">{me.email}</bdi>
        </div>
      </div>
      <TextField label="Name" dir="auto" autoComplete="name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <HandleField handle={handle} touched={changed} onChange={setWanted} />
      {failure && <Note tone="danger">{failure}</Note>}
      <div>
        <Button type="submit" look="primary" pending={pending} disabled={!changed || handle.problem !== undefined}>
          Save
        </Button>
      </div>
    </form>
  );
}
