"use client";
import { useRef, useState } from "react";
import { useActions } from "@/app/replica/hooks";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { Note } from "@/app/ui/states";
import { asAppError } from "@/domain/error";
import { MAX_PEOPLE } from "@/domain/message";
import type { Person } from "@/domain/person";
import { focusComposerSoon } from "../composer/focus";
import { go } from "../place";
import { PeopleField } from "./people-field";
import { typedOutsider } from "./typed";

/** Whom to write to. The conversation opens with the composer ready; it is the one these people have always shared, if there is one. */
export default function NewMessage({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [state, setState] = useState<"choosing" | "opening">("choosing");
  const [refusal, setRefusal] = useState<string>();
  const [typed, setTyped] = useState("");
  const outsider = typedOutsider(typed);
  const ids = [...chosen.map((person) => person.id), ...(outsider === undefined ? [] : [outsider])];
  const input = useRef<HTMLInputElement>(null);
  const actions = useActions();
  const open = async () => {
    setState("opening");
    setRefusal(undefined);
    try {
      const thread = await actions.start(ids);
      onClose();
      go({ folder: thread.folder, threadId: thread.id });
      focusComposerSoon();
    } catch (error) {
      setRefusal(asAppError(error).message);
      setState("choosing");
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="New message"
      initialFocus={input}
      footer={
        <Button look="primary" disabled={ids.length === 0} pending={state === "opening"} onClick={open}>
          {ids.length > 1 ? "Start a group" : "Write"}
        </Button>
      }
    >
      <PeopleField
        label="To"
        chosen={chosen}
        onChange={(people) => setChosen(people.slice(0, MAX_PEOPLE - 1))}
        query={typed}
        onQuery={setTyped}
        inputRef={input}
        onDone={open}
      />
      {refusal && <Note tone="danger">{refusal}</Note>}
    </Dialog>
  );
}
