import { type BrowserContextOptions, request } from "@playwright/test";
import type { Braid } from "./braid";

/** As playwright keeps it: cookies, local storage. */
export type Session = Exclude<BrowserContextOptions["storageState"], string | undefined>;

const sessions = new Map<string, Promise<Session>>();

/** A demo person's session in this Braid. Signing in is rate limited, so each does it once. */
export function sessionOf(braid: Braid, handle: string): Promise<Session> {
  const key = `${braid.url} ${handle}`;
  const session = sessions.get(key) ?? signIn(braid, handle);
  sessions.set(key, session);
  return session;
}

async function signIn({ url }: Braid, handle: string): Promise<Session> {
  const caller = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
  const answer = await caller.post("/api/auth/sign-in/username", { data: { username: handle, password: "braid-demo" } });
  if (!answer.ok()) throw new Error(`${handle} could not sign in: ${await answer.text()}`);
  const state = await caller.storageState();
  await caller.dispose();
  return state;
}
