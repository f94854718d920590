"use client";
import { useRef, useState } from "react";
import { useActions, useThread } from "@/app/replica/hooks";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { Note } from "@/app/ui/states";
import { toast } from "@/app/ui/toast";
import type { Id } from "@/domain/id";
import { outsidePerson, type Person } from "@/domain/person";
import { listWords } from "../model/words";
import { PeopleField } from "./people-field";
import { typedOutsider } from "./typed";

/** More people for a group. Said beforehand: they will see what was written before. */
export default function AddPeople({ threadId, onClose }: { threadId: Id; onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [refusal, setRefusal] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const outsider = typedOutsider(typed);
  const people = outsider === undefined ? chosen : [...chosen, outsidePerson(outsider)];
  const input = useRef<HTMLInputElement>(null);
  const { thread } = useThread(threadId);
  const actions = useActions();
  const add = async () => {
    setAdding(true);
    const failure = await actions.addPeople(
      threadId,
      people.map((person) => person.id),
    );
    setAdding(false);
    if (failure) return setRefusal(failure.sentence);
    toast(`Added ${listWords(people.map((person) => person.name))}`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add people"
      description="They will see everything that was written here before."
      initialFocus={input}
      footer={
        <Button look="primary" disabled={people.length === 0} pending={adding} onClick={add}>
          Add
        </Button>
      }
    >
      <PeopleField
        label="People to add"
        chosen={chosen}
        onChange={setChosen}
        query={typed}
        onQuery={setTyped}
        inputRef={input}
        onDone={add}
        {...(thread && { without: thread.people })}
      />
      {refusal && <Note tone="danger">{refusal}</Note>}
    </Dialog>
  );
}
