"use client";
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Failure } from "./failure";

export interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question: "Remove this address?" */
  title: string;
  /** What follows from it. */
  words: ReactNode;
  /** The act's own word, never "OK". */
  act: string;
  work: UseMutationResult<unknown, Error, void>;
}

/** Asks before what no undo can take back. Everything else acts at once and offers undo in a toast. */
export function Confirm({ open, onOpenChange, title, words, act, work: { mutate, isPending, error } }: ConfirmProps) {
  const close = () => onOpenChange(false);
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button look="danger" pending={isPending} onClick={() => mutate(undefined, { onSuccess: close })}>
        {act}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={words} size="small" footer={footer}>
      <Failure of={error} />
    </Dialog>
  );
}
