"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { numberWords } from "@/app/numbers";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Confirm } from "@/app/ui/confirm";
import { Failure } from "@/app/ui/failure";
import { TextField } from "@/app/ui/field";
import { ShowLoaded } from "@/app/ui/loaded";
import { toast } from "@/app/ui/toast";
import { ACCOUNT, claimPhone, loadPhones, type Phone, removePhone } from "./data";
import { AwaitedCode, PhoneCode } from "./phone-code";

/** The person's phones: what a linked one texts is a message of hers. Either Braid texts a code to it, or it texts F to Braid. */
export function Phones() {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "phones"], queryFn: loadPhones });
  return (
    <ShowLoaded loaded={loaded} of="your phones">
      {({ phones, numbers: [ours] }) => (
        <>
          {phones.length > 0 && (
            <ul className="flex flex-col">
              {phones.map((phone) => (
                <PhoneRow key={phone.number} phone={phone} />
              ))}
            </ul>
          )}
          {ours === undefined ? (
            <p className="text-muted">This Braid sends no text messages, so no phone can be linked. Whoever runs it can set up a carrier.</p>
          ) : (
            <>
              <AddPhone />
              <TextF to={ours} />
            </>
          )}
        </>
      )}
    </ShowLoaded>
  );
}

function PhoneRow({ phone: { number, linkedAt } }: { phone: Phone }) {
  const [asking, setAsking] = useState(false);
  const linked = linkedAt !== undefined;
  const words = numberWords(number);
  const remove = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: () => removePhone(number),
    onSuccess: () => toast(linked ? `${words} is unlinked` : `${words} is no longer awaited`),
  });
  return (
    <li className="flex flex-col gap-2 py-1.5">
      <div className="flex min-h-8 items-center gap-3">
        <bdi dir="ltr" className="min-w-0 tabular-nums">
          {words}
        </bdi>
        <Tag tone={linked ? "good" : "wait"}>{linked ? "Linked" : "Waiting"}</Tag>
        <Button
          size="small"
          look="plain"
          className="-me-2.5 ms-auto"
          pending={remove.isPending}
          onClick={() => (linked ? setAsking(true) : remove.mutate())}
          aria-label={`${linked ? "Unlink" : "Cancel"} ${words}`}
        >
          {linked ? "Unlink" : "Cancel"}
        </Button>
      </div>
      {!linked && <AwaitedCode number={number} />}
      {!linked && <Failure of={remove.error} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Unlink this phone?"
        words={`What ${words} texts will then come as from a person outside. What is in your conversations stays.`}
        act="Unlink"
        work={remove}
      />
    </li>
  );
}

function AddPhone() {
  const form = useRef<HTMLFormElement>(null);
  const { mutate, isPending, error } = useMutation({ mutationKey: ACCOUNT, mutationFn: claimPhone, onSuccess: () => form.current?.reset() });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(String(new FormData(event.currentTarget).get("phone")).trim());
  };
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <TextField
          label="Link a phone"
          name="phone"
          type="tel"
          autoComplete="tel"
          placeholder="+1 202 555 0143"
          required
          minLength={3}
          maxLength={40}
          dir="ltr"
          className="grow"
        />
        <Button type="submit" pending={isPending} className="h-9">
          Send code
        </Button>
      </div>
      <Failure of={error} />
    </form>
  );
}

/** The other way, as in 2010: the phone asks, and its number need not be typed. */
function TextF({ to }: { to: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="flex flex-col items-start gap-2">
      <Button look="plain" size="small" className="-ms-2.5" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        Or text F from the phone
      </Button>
      <div id={id} hidden={!open} className="flex flex-col gap-2 border-sms border-s-2 ps-3">
        {open && (
          <>
            <p>
              Text <strong>F</strong> to{" "}
              <a href={`sms:${to}?body=F`} dir="ltr" className="whitespace-nowrap rounded-sm font-medium underline underline-offset-2">
                {numberWords(to)}
              </a>
              . A code comes back.
            </p>
            <PhoneCode label="Code that came back" onDone={() => setOpen(false)} />
          </>
        )}
      </div>
    </div>
  );
}
