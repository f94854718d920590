"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Note } from "./states";
import { useAct } from "./use-act";

export interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question: "Remove this address?" */
  title: string;
  /** What follows from it. */
  words: ReactNode;
  /** The act's own word, never "OK". */
  act: string;
  onAct: () => Promise<void>;
}

/** Asks before what no undo can take back. Everything else acts at once and offers undo in a toast. */
export function Confirm({ open, onOpenChange, title, words, act: word, onAct }: ConfirmProps) {
  const { act, pending, failure } = useAct(onAct);
  const footer = (
    <>
      <Button onClick={() => onOpenChange(false)}>Cancel</Button>
      <Button look="danger" pending={pending} onClick={() => void act().then((done) => done && onOpenChange(false))}>
        {word}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={words} size="small" footer={footer}>
      {failure && <Note tone="danger">{failure}</Note>}
    </Dialog>
  );
}
