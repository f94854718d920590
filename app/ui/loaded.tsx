"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Loading, Skeleton } from "./skeleton";
import { ErrorState } from "./states";
import type { Loaded } from "./use-load";

export interface ShowLoadedProps<T> {
  loaded: Loaded<T>;
  /** What it is, to complete "Loading …" and "… could not be loaded": "your addresses". */
  of: string;
  /** Its shape while it comes. */
  skeleton?: ReactNode;
  children: (value: T) => ReactNode;
}

/** Shows what has been loaded; before that its shape, or why it did not come and a way to try again. */
export function ShowLoaded<T>({ loaded: { value, failure, reload }, of, skeleton, children }: ShowLoadedProps<T>) {
  if (value !== undefined) return children(value);
  if (failure === undefined) return <Loading of={of}>{skeleton ?? <Skeleton className="h-10" />}</Loading>;
  const what = `${of.charAt(0).toUpperCase()}${of.slice(1)} could not be loaded.`;
  return <ErrorState what={what} works={failure.sentence} action={<Button onClick={reload}>Try again</Button>} />;
}
