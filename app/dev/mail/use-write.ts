"use client";
import { useState } from "react";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";
import { type OutgoingMail, writeMail } from "./data";
import { answerWords } from "./reply";

export interface Refused {
  readonly words: string;
  /** The SMTP answer itself. */
  readonly answer: string;
}

/** Hands a mail to Braid's own SMTP door. `sent` runs when it was taken; a refusal stays to be read. */
export function useWrite(sent: () => void) {
  const [refused, setRefused] = useState<Refused>();
  const work = useAct(async (mail: OutgoingMail) => {
    setRefused(undefined);
    const { answer } = await writeMail(mail);
    const { taken, words } = answerWords(answer);
    if (!taken) return setRefused({ words, answer });
    toast(words);
    sent();
  });
  return { ...work, refused };
}
