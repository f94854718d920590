import type { Server as HttpServer, IncomingHttpHeaders } from "node:http";
import { Server, type Socket } from "socket.io";
import { AppError } from "@/domain/error";
import { type Id, isId } from "@/domain/id";
import type { ClientEvents, ServerEvents } from "@/domain/realtime";
import type { Services } from "../api/services";
import type { Commit } from "../mailbox/owner";
import type { Presence } from "../people/presence";
import { type AddressOf, callerOf } from "../platform/client-address";
import { answerCall, refusal } from "./calls";
import { type Connection, sendOnceATurn } from "./one-write";
import { Watches } from "./watches";

/** Bytes of one message on the socket; larger ones end the connection before they are read. */
const MAX_FRAME = 1_000_000;
/** Calls of one socket that may run at once; a browser never needs as many. */
const MAX_CALLS = 100;
const MAX_WATCHED = 100;
const CHECK_AGAIN = 15 * 60_000;

export interface Session {
  readonly userId: Id;
  readonly role: "admin" | "member";
  readonly sessionId: string;
  readonly expiresAt: number;
}

export interface RealtimeDeps {
  readonly http: HttpServer;
  readonly origins: readonly string[];
  readonly services: Services;
  readonly presence: Presence;
  readonly readSession: (headers: IncomingHttpHeaders) => Promise<Session | undefined>;
  /** From where a device is connected. */
  readonly addressOf: AddressOf;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
  readonly allow: (key: string) => boolean;
  readonly clock: () => number;
  readonly failed: (error: AppError, path: string) => void;
}

interface Known {
  session: Session;
  /** When to look again whether the session still holds, Unix milliseconds. */
  checkAt: number;
}
type BraidSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, Known>;

/** The Socket.IO door: committed actions to the devices of their owner, API calls, presence and typing. */
export class RealtimeDoor {
  readonly io: Server<ClientEvents, ServerEvents, Record<string, never>, Known>;
  readonly #watches = new Watches();

  constructor(private readonly deps: RealtimeDeps) {
    this.io = new Server(deps.http, {
      path: "/api/socket",
      transports: ["websocket"],
      destroyUpgrade: false, // Next upgrades its own sockets on the same server
      serveClient: false,
      maxHttpBufferSize: MAX_FRAME,
      pingInterval: 20_000,
      pingTimeout: 10_000,
      allowRequest: ({ headers }, answer) => answer(null, headers.origin === undefined || deps.origins.includes(headers.origin)),
    });
    this.io.use((socket, next) => void this.#authorise(socket, next));
    this.io.on("connection", (socket) => this.#connected(socket));
    deps.presence.onChange((person, state) => {
      for (const id of this.#watches.watchersOf(person)) this.io.to(id).emit("presence", { [person]: state });
    });
    deps.onRevoked((sessionId) => {
      this.io.to(sessionRoom(sessionId)).emit("session-ended");
      this.io.in(sessionRoom(sessionId)).disconnectSockets(true);
    });
  }

  /** Tells every device of a mailbox's owner what has become durable. */
  announce({ user, entries }: Commit): void {
    if (entries.length > 0) this.io.to(userRoom(user)).emit("entries", entries);
  }

  get connected(): number {
    return this.io.engine.clientsCount;
  }

  async close(): Promise<void> {
    await this.io.close();
  }

  async #authorise(socket: BraidSocket, next: (error?: Error) => void): Promise<void> {
    try {
      const session = await this.deps.readSession(socket.handshake.headers);
      if (session === undefined) return next(new AppError("account/not-signed-in"));
      Object.assign(socket.data, { session, checkAt: this.deps.clock() + CHECK_AGAIN });
      next();
    } catch (error) {
      next(error instanceof Error ? error : new Error("refused"));
    }
  }

  #connected(socket: BraidSocket): void {
    const { session } = socket.data;
    const { userId, sessionId } = session;
    sendOnceATurn(socket.conn as unknown as Connection);
    socket.join([userRoom(userId), sessionRoom(sessionId)]);
    this.deps.presence.set(userId, socket.id, "online");
    this.#serveCalls(socket, session);
    socket.conn.on("heartbeat", () => void this.#endIfOver(socket)); // a device that only listens makes no calls
    socket.on("presence", (state) => {
      if (this.deps.allow(`presence:${userId}`)) this.deps.presence.set(userId, socket.id, state === "away" ? "away" : "online");
    });
    socket.on("watch", (threadIds) => void this.#watch(socket, threadIds).catch(() => {}));
    socket.on("typing", (threadId) => void this.#typing(socket, threadId).catch(() => {}));
    socket.on("disconnect", () => {
      this.#watches.forget(socket.id);
      this.deps.presence.gone(userId, socket.id);
    });
  }

  #serveCalls(socket: BraidSocket, session: Session): void {
    let running = 0;
    const caller = callerOf(this.deps.addressOf(socket.request));
    socket.on("call", async (call, answer) => {
      if (typeof answer !== "function") return;
      if (this.deps.clock() >= socket.data.checkAt && (await this.#endIfOver(socket))) return;
      if (running >= MAX_CALLS || !this.deps.allow(`call:${session.userId}`)) return answer(refusal(new AppError("request/too-many")));
      running++;
      const reply = await answerCall(call, { services: this.deps.services, session, caller }, this.deps.failed);
      running--;
      answer(reply);
    });
  }

  async #endIfOver(socket: BraidSocket): Promise<boolean> {
    const over = !(await this.#stillSignedIn(socket));
    if (over) end(socket);
    return over;
  }

  /** A revocation is told at once, but by another server, or for very many sessions, it may not be: so one looks now and then. */
  async #stillSignedIn(socket: BraidSocket): Promise<boolean> {
    const now = this.deps.clock();
    if (now < socket.data.checkAt) return true;
    try {
      const session = await this.deps.readSession(socket.handshake.headers);
      socket.data.checkAt = now + CHECK_AGAIN;
      return session !== undefined;
    } catch {
      return true; // the database is away: who was let in stays, and is looked at again with the next call
    }
  }

  /** Only the people of one's own conversations can be watched. */
  async #watch(socket: BraidSocket, wanted: unknown): Promise<void> {
    if (!this.deps.allow(`watch:${socket.data.session.userId}`)) return;
    const threadIds = Array.isArray(wanted) ? wanted.filter((id): id is Id => typeof id === "string" && isId(id)).slice(0, MAX_WATCHED) : [];
    const { userId } = socket.data.session;
    const people = await this.#peopleOf(userId, threadIds);
    if (!socket.connected) return;
    this.#watches.set(socket.id, people);
    socket.emit("presence", Object.fromEntries(people.map((person) => [person, this.deps.presence.state(person)])));
  }

  async #peopleOf(user: Id, threadIds: readonly Id[]): Promise<Id[]> {
    const threads = await Promise.all(threadIds.map((id) => this.deps.services.reads.thread(user, id).catch(() => undefined)));
    const people = threads.flatMap((found) => (found === undefined || found.thread.left ? [] : found.thread.people));
    return [...new Set(people)].filter((person) => person !== user && isId(person));
  }

  async #typing(socket: BraidSocket, threadId: unknown): Promise<void> {
    const { userId } = socket.data.session;
    if (typeof threadId !== "string" || !isId(threadId) || !this.deps.allow(`typing:${userId}`)) return;
    for (const person of await this.#peopleOf(userId, [threadId])) this.io.to(userRoom(person)).emit("typing", { threadId, personId: userId });
  }
}

const userRoom = (user: Id): string => `u:${user}`;
const sessionRoom = (sessionId: string): string => `s:${sessionId}`;

function end(socket: BraidSocket): void {
  socket.emit("session-ended");
  socket.disconnect(true);
}
