"use client";
import { createContext, useContext } from "react";
import type { Connection, Me } from "@/app/replica/types";
import type { ParticipantId } from "@/domain/address";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";

/** What every message of the open conversation needs to be drawn. */
export interface ConversationValue {
  readonly thread: Thread;
  readonly me: Me;
  readonly connection: Connection;
  person(id: ParticipantId): Person;
  /** Puts text back into the composer, after what is there. */
  putBack(text: string): void;
}

export const ConversationContext = createContext<ConversationValue | undefined>(undefined);

export function useConversation(): ConversationValue {
  const value = useContext(ConversationContext);
  if (value === undefined) throw new Error("useConversation is for what stands inside a conversation");
  return value;
}
