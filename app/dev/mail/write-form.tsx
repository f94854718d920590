"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { Button } from "@/app/ui/button";
import { TextArea, TextField } from "@/app/ui/field";
import { takeFocus } from "@/app/ui/focus";
import { ShowLoaded } from "@/app/ui/loaded";
import { SelectField } from "@/app/ui/select-field";
import { Skeleton } from "@/app/ui/skeleton";
import { BackToList } from "./back";
import { loadRecipients, type Recipient } from "./data";
import { Outcome } from "./outcome";
import { useWrite } from "./use-write";

/** A mail from anybody outside to somebody here. */
export function WriteForm() {
  const loaded = useQuery({ queryKey: ["recipients"], queryFn: loadRecipients });
  return (
    <section aria-labelledby="write">
      <BackToList />
      <h2 id="write" className="mb-4 font-semibold text-title">
        Write from outside
      </h2>
      <ShowLoaded loaded={loaded} of="the people here" skeleton={<Skeleton className="h-80" />}>
        {(people) => <Form people={people} />}
      </ShowLoaded>
    </section>
  );
}

function Form({ people }: { people: readonly Recipient[] }) {
  const form = useRef<HTMLFormElement>(null);
  const write = useWrite(() => {
    const text = form.current?.elements.namedItem("text");
    if (text instanceof HTMLTextAreaElement) text.value = "";
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const field = (name: string) => String(data.get(name)).trim();
    write.mutate({
      from: field("from"),
      to: field("to"),
      text: String(data.get("text")),
      ...(field("name") && { name: field("name") }),
      ...(field("subject") && { subject: field("subject") }),
    });
  };
  return (
    <form ref={form} onSubmit={submit} className="flex max-w-text flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Your name" name="name" defaultValue="Carla Brandt" maxLength={200} dir="auto" autoComplete="off" />
        <TextField label="Your address" name="from" type="email" defaultValue="carla@example.org" required maxLength={254} dir="ltr" autoComplete="off" />
      </div>
      <SelectField label="To" name="to" options={people.map(({ name, email }) => ({ value: email, label: `${name}, ${email}` }))} />
      <TextField label="Subject" name="subject" maxLength={500} dir="auto" placeholder="May stay empty" />
      <TextArea ref={takeFocus} label="Text" name="text" required dir="auto" placeholder="Hello, I found your address on your site." />
      <Outcome of={write} />
      <div>
        <Button type="submit" look="primary" pending={write.isPending}>
          Send
        </Button>
      </div>
    </form>
  );
}
