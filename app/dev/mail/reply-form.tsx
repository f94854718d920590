"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/ui/button";
import { CheckBox } from "@/app/ui/check-box";
import { TextArea } from "@/app/ui/field";
import { takeFocus } from "@/app/ui/focus";
import { SelectField } from "@/app/ui/select-field";
import type { WholeMail } from "./data";
import { Outcome } from "./outcome";
import { quoting, replySubject } from "./reply";
import { useWrite } from "./use-write";

/** Answers a captured mail as one of those who got it, with the headers a mail program would set. */
export function ReplyForm({ mail, onDone }: { mail: WholeMail; onDone: () => void }) {
  const [from, setFrom] = useState(mail.to[0] ?? "");
  const write = useWrite(onDone);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = String(data.get("text"));
    write.mutate({
      from,
      to: mail.from,
      subject: replySubject(mail.subject),
      text: data.get("quote") === null ? text : quoting(text, mail),
      inReplyTo: mail.messageId,
    });
  };
  return (
    <form onSubmit={submit} className="flex max-w-text flex-col gap-4">
      {mail.to.length > 1 && (
        <SelectField
          label="Reply as"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          options={mail.to.map((to) => ({ value: to, label: to }))}
        />
      )}
      <TextArea ref={takeFocus} name="text" label={`From ${from} to ${mail.from}`} required dir="auto" />
      <CheckBox name="quote" defaultChecked label="Quote the mail below, as mail programs do" />
      <Outcome of={write} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" pending={write.isPending}>
          Send
        </Button>
        <Button look="plain" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
