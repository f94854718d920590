/** What the sign-in page knows before anyone is known. `empty`: there is no account yet, and the first becomes admin. */
export interface Welcome {
  readonly demo: boolean;
  readonly empty: boolean;
  readonly people: readonly DemoPerson[];
}

export interface DemoPerson {
  readonly handle: string;
  readonly name: string;
  readonly hue: number;
  /** A sentence on what there is to see as this person. */
  readonly words: string;
}

/** Everybody in the demo has this one; it opens nothing anywhere else. */
export const DEMO_PASSWORD = "braid-demo";

export async function loadWelcome(): Promise<Welcome> {
  const response = await fetch("/api/demo");
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as Welcome;
}
