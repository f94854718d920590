import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "@/domain/error";
import type { Clock, Id } from "@/domain/id";
import { withContexts } from "../platform/contexts";
import { Lru } from "../platform/lru";
import type { Auth, EndedSession } from "./accounts";
import { guarded } from "./db/failure";

export interface Session {
  readonly userId: Id;
  readonly role: "admin" | "member";
  readonly sessionId: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** Milliseconds for which an answer is reused; what another server revoked is noticed after this at the latest. */
const FRESH = 5_000;
const CAPACITY = 20_000;
const COOKIE = /(?:^|;\s*)((?:__Secure-)?braid\.session_token=[^;]+)/;

interface Known {
  readonly session: Session | undefined;
  readonly until: number;
}

/** Who is calling, from the session cookie. Answers are remembered for a few seconds, but not beyond the end of the session. */
export class SessionReader {
  readonly #known = new Lru<string, Known>(CAPACITY);
  readonly #listeners = new Set<(session: EndedSession) => void>();
  #ended = 0;

  constructor(private readonly deps: { readonly auth: Auth; readonly clock: Clock }) {}

  /** The session behind the cookie, or undefined when there is none that is valid. */
  async read(headers: IncomingHttpHeaders | Headers): Promise<Session | undefined> {
    const cookie = sessionCookie(headers);
    if (cookie === undefined) return undefined;
    const now = this.deps.clock();
    const known = this.#known.get(cookie);
    const session = known !== undefined && now < known.until ? known.session : await this.#fetch(cookie, now);
    return session !== undefined && now < session.expiresAt ? session : undefined;
  }

  /** The same, for whoever cannot go on without one. Fails with account/not-signed-in, or account/expired when there was one. */
  async require(headers: IncomingHttpHeaders | Headers): Promise<Session> {
    const session = await this.read(headers);
    if (session === undefined) throw new AppError(sessionCookie(headers) === undefined ? "account/not-signed-in" : "account/expired");
    return session;
  }

  /** Calls back when a session is over before its time: signed out or revoked. Returns a function that ends the calling. */
  onRevoked(listener: (session: EndedSession) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called by the hook of accounts. */
  ended(session: EndedSession): void {
    this.#ended++;
    this.#known.clear();
    for (const listener of this.#listeners) listener(session);
  }

  /** To be called when the role of somebody changes. */
  forget(): void {
    this.#ended++;
    this.#known.clear();
  }

  async #fetch(cookie: string, now: number): Promise<Session | undefined> {
    const ended = this.#ended;
    const session = await this.#ask(cookie);
    if (ended === this.#ended) this.#known.set(cookie, { session, until: now + FRESH });
    return session;
  }

  /** Only looks: the cookie is renewed where it can be sent back, at /api/auth/get-session. */
  async #ask(cookie: string): Promise<Session | undefined> {
    const headers = new Headers({ cookie });
    const found = await guarded(() => withContexts(() => this.deps.auth.api.getSession({ headers, query: { disableRefresh: true } })));
    if (found === null) return undefined;
    const { session, user } = found;
    return { userId: user.id, role: user.role === "admin" ? "admin" : "member", sessionId: session.id, expiresAt: session.expiresAt.getTime() };
  }
}

function sessionCookie(headers: IncomingHttpHeaders | Headers): string | undefined {
  const cookie = headers instanceof Headers ? headers.get("cookie") : headers.cookie;
  return COOKIE.exec(cookie ?? "")?.[1];
}
