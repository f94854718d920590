"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { HandleField } from "@/app/sign-up/handle-field";
import { useHandle } from "@/app/sign-up/use-handle";
import { Avatar } from "@/app/ui/avatar";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { toast } from "@/app/ui/toast";
import { ACCOUNT, type Me, updateMe } from "./data";

/** Name and handle; saving is offered only when there is something to save. */
export function Profile({ me }: { me: Me }) {
  const [name, setName] = useState(me.name);
  const [wanted, setWanted] = useState(me.handle ?? "");
  const handle = useHandle(wanted, me.handle);
  const changed = name.trim() !== me.name || wanted !== me.handle;
  const { mutate, isPending, error } = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: () => updateMe({ ...(name.trim() !== me.name && { name: name.trim() }), ...(wanted !== me.handle && { handle: wanted }) }),
    onSuccess: () => toast("Saved"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && handle.problem === undefined && name.trim() !== "") mutate();
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
      <Failure of={error} />
      <div>
        <Button type="submit" look="primary" pending={isPending} disabled={!changed || handle.problem !== undefined}>
          Save
        </Button>
      </div>
    </form>
  );
}
