"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { actionsOf } from "./actions";
import { browserReplica, live } from "./browser";
import type { Replica } from "./store";
import type { Actions } from "./types";

interface Provided {
  readonly replica: Replica;
  readonly actions: Actions;
}

const ReplicaContext = createContext<Provided | undefined>(undefined);

/** Holds the mailbox of whoever is signed in for as long as it is mounted: once, around the inbox. */
export function ReplicaProvider({ children }: { children: ReactNode }) {
  const [provided] = useState<Provided>(() => {
    const replica = browserReplica();
    return { replica, actions: actionsOf(replica) };
  });
  useEffect(() => live(provided.replica), [provided]);
  return <ReplicaContext value={provided}>{children}</ReplicaContext>;
}

export function useProvided(): Provided {
  const provided = useContext(ReplicaContext);
  if (provided === undefined) throw new Error("The replica's hooks are for what stands inside ReplicaProvider");
  return provided;
}
