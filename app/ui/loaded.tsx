"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./button";
import { sentenceOf } from "./refusal";
import { Loading, Skeleton } from "./skeleton";
import { ErrorState } from "./states";

export interface ShowLoadedProps<T> {
  loaded: UseQueryResult<T>;
  /** What it is, to complete "Loading …" and "… could not be loaded": "your addresses". */
  of: string;
  /** Its shape while it comes. */
  skeleton?: ReactNode;
  children: (value: T) => ReactNode;
}

/** Shows the newest known, also while it is loaded again and when that fails; before that its shape, or why it did not come and a way to try again. */
export function ShowLoaded<T>({ loaded: { data, error, refetch }, of, skeleton, children }: ShowLoadedProps<T>) {
  if (data !== undefined) return children(data);
  if (error === null) return <Loading of={of}>{skeleton ?? <Skeleton className="h-10" />}</Loading>;
  const what = `${of.charAt(0).toUpperCase()}${of.slice(1)} could not be loaded.`;
  return <ErrorState what={what} works={sentenceOf(error)} action={<Button onClick={() => void refetch()}>Try again</Button>} />;
}
