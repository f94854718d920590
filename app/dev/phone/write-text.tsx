"use client";
import { useMutation } from "@tanstack/react-query";
import SendHorizontal from "lucide-react/icons/send-horizontal";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { numberWords } from "@/app/numbers";
import { IconButton } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { type Phone, writeText } from "./data";
import { type Conversation, sizeWords } from "./texts";

/** As the API takes it: some thirteen segments. */
const MAX_TEXT = 2_000;

interface WriteTextProps {
  phone: Phone;
  numbers: readonly string[];
  conversations: readonly Conversation[];
}

/** Writes from the phone to one of our numbers: the one of the newest text, unless another is chosen for this text. */
export function WriteText({ phone, numbers, conversations }: WriteTextProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  const write = useMutation({
    mutationKey: ["phone-texts"],
    mutationFn: writeText,
    onSuccess: (_data, sent) => {
      setText((now) => (now.trim() === sent.text ? "" : now));
      setChosen(undefined);
    },
  });
  const others = [...new Set([...conversations.map(({ other }) => other).reverse(), ...numbers])];
  const to = chosen ?? others[0];
  const known = conversations.some(({ other }) => other === to);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (to === undefined || text.trim() === "" || write.isPending) return;
    write.mutate({ phone: phone.number, to, text: text.trim() });
    area.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  if (to === undefined) return <p className="p-4 text-center text-muted text-small">Braid has no number to write to.</p>;
  return (
    <form onSubmit={send} className="flex flex-col gap-1.5 p-3 pt-2">
      <Failure of={write.error} />
      {others.length > 1 && <To numbers={others} value={to} onChange={setChosen} />}
      <div className="flex items-end gap-1 rounded-[1.25rem] border border-edge bg-raised p-0.5 focus-within:border-accent has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent">
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          aria-label={`Text from ${phone.name} to ${numberWords(to)}`}
          aria-describedby={`size-${phone.number}`}
          placeholder={known ? "Text message" : "@ann Hello"}
          maxLength={MAX_TEXT}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
          className="field-sizing-content max-h-32 min-h-8 min-w-0 grow resize-none bg-transparent px-3 py-1.5 outline-none max-md:min-h-11 max-md:py-2.5"
        />
        <IconButton
          icon={SendHorizontal}
          label="Send"
          keys="Enter"
          type="submit"
          disabled={text.trim() === ""}
          className="rounded-full text-sms rtl:-scale-x-100"
        />
      </div>
      <p id={`size-${phone.number}`} className="min-h-4.5 px-3 text-faint text-small">
        {sizeWords(text.trim())}
      </p>
    </form>
  );
}

const To = ({ numbers, value, onChange }: { numbers: readonly string[]; value: string; onChange: (number: string) => void }) => (
  <label className="flex items-center gap-2 px-3 text-muted text-small">
    To
    <select
      value={value}
      onChange={(event) => onChange(event.target.value)}
      dir="ltr"
      className="h-7 min-w-0 grow rounded-sm bg-transparent text-ink max-md:h-11"
    >
      {numbers.map((number) => (
        <option key={number} value={number}>
          {numberWords(number)}
        </option>
      ))}
    </select>
  </label>
);
