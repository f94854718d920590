"use client";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Id } from "@/domain/id";

/** What lies over the panes or beside the conversation. One at a time. */
export type Overlay =
  | { readonly kind: "palette" }
  | { readonly kind: "keys" }
  | { readonly kind: "compose" }
  | { readonly kind: "add-people"; readonly threadId: Id };

/** The details drawer: of the conversation, or of one message of it. */
export type Details = { readonly messageKey?: string };

export interface Stage {
  readonly overlay: Overlay | undefined;
  readonly details: Details | undefined;
  show(overlay: Overlay | undefined): void;
  showDetails(details: Details | undefined): void;
}

const StageContext = createContext<Stage | undefined>(undefined);

export function StageProvider({ children }: { children: ReactNode }) {
  const [overlay, show] = useState<Overlay>();
  const [details, showDetails] = useState<Details>();
  const stage = useMemo(() => ({ overlay, details, show, showDetails }), [overlay, details]);
  return <StageContext value={stage}>{children}</StageContext>;
}

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (stage === undefined) throw new Error("useStage is for what stands inside StageProvider");
  return stage;
}
