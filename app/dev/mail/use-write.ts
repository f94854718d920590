"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "@/app/ui/toast";
import { type OutgoingMail, writeMail } from "./data";
import { answerWords } from "./reply";

/** Hands a mail to Braid's own SMTP door. `onTaken` runs when it was taken; a refusal is an answer, too, and stays to be read. */
export const useWrite = (onTaken: () => void) =>
  useMutation({
    mutationFn: async (mail: OutgoingMail) => {
      const { answer } = await writeMail(mail);
      return { answer, ...answerWords(answer) };
    },
    onSuccess: ({ taken, words }) => {
      if (!taken) return;
      toast(words);
      onTaken();
    },
  });
