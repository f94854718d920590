"use client";
import LogOut from "lucide-react/icons/log-out";
import UserPlus from "lucide-react/icons/user-plus";
import { type FormEvent, useState } from "react";
import { useActions } from "@/app/replica/hooks";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { TextField } from "@/app/ui/field";
import type { Thread } from "@/domain/thread";
import { told } from "../acts";
import { useStage } from "../stage";

/** The group's name, more people, and the way out. */
export function GroupPart({ thread }: { thread: Thread }) {
  const { show } = useStage();
  const [leaving, setLeaving] = useState(false);
  if (thread.left) return <p className="text-muted">You have left this group.</p>;
  return (
    <section aria-label="Group" className="flex flex-col gap-3">
      <NameField key={thread.name ?? ""} thread={thread} />
      <div className="flex flex-wrap gap-2">
        <Button icon={UserPlus} onClick={() => show({ kind: "add-people", threadId: thread.id })}>
          Add people
        </Button>
        <Button icon={LogOut} look="danger" onClick={() => setLeaving(true)}>
          Leave
        </Button>
      </div>
      {leaving && <LeaveDialog thread={thread} onClose={() => setLeaving(false)} />}
    </section>
  );
}

function NameField({ thread }: { thread: Thread }) {
  const actions = useActions();
  const [name, setName] = useState(thread.name ?? "");
  const changed = name.trim() !== (thread.name ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (changed) told(actions.rename(thread.id, name.trim()));
  };
  return (
    <form onSubmit={save} className="flex items-end gap-2">
      <TextField label="Name of the group" placeholder="None" maxLength={300} value={name} onChange={(event) => setName(event.target.value)} className="grow" />
      {changed && (
        <Button type="submit" look="primary" className="h-9">
          Save
        </Button>
      )}
    </form>
  );
}

/** Asked first, because nobody can take it back alone: only those who stay can add one again. */
function LeaveDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const actions = useActions();
  const leave = () => {
    told(actions.leave(thread.id));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title="Leave this group?"
      description="You keep what was said until now and see nothing new. To come back, somebody in it has to add you."
      footer={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button look="danger" onClick={leave}>
            Leave
          </Button>
        </>
      }
    />
  );
}
