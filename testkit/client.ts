import { io, type Socket } from "socket.io-client";
import type { LogEntry } from "@/domain/action";
import { AppError } from "@/domain/error";
import type { ApiReply, ClientEvents, ServerEvents } from "@/domain/realtime";

/** A person's device without a screen: signed in over HTTP, then on the open socket, as a browser is. */
export class Device {
  readonly entries: LogEntry[] = [];
  readonly #listeners = new Set<(entries: readonly LogEntry[]) => void>();

  private constructor(
    readonly url: string,
    readonly cookie: string,
    readonly socket: Socket<ServerEvents, ClientEvents>,
  ) {
    socket.on("entries", (entries) => {
      this.entries.push(...entries);
      for (const listener of this.#listeners) listener(entries);
    });
  }

  static async signIn(url: string, handle: string, password = "braid-demo"): Promise<Device> {
    return Device.open(url, await signIn(url, handle, password));
  }

  static async open(url: string, cookie: string): Promise<Device> {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      path: "/api/socket",
      transports: ["websocket"],
      extraHeaders: { cookie },
      reconnection: false,
      forceNew: true,
    });
    const device = new Device(url, cookie, socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("connect_error", reject);
    });
    return device;
  }

  onEntries(listener: (entries: readonly LogEntry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  query<T = unknown>(path: string, input?: unknown): Promise<T> {
    return this.#call("query", path, input) as Promise<T>;
  }

  mutate<T = unknown>(path: string, input?: unknown): Promise<T> {
    return this.#call("mutation", path, input) as Promise<T>;
  }

  close(): void {
    this.socket.disconnect();
  }

  /** Fails when the answer is a refusal, and when the connection ends before it comes: then the outcome is unknown. */
  #call(type: "query" | "mutation", path: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const lost = () => reject(new Error("The connection ended before the answer."));
      if (!this.socket.connected) return lost();
      this.socket.once("disconnect", lost);
      this.socket.emit("call", { type, path, input }, (reply: ApiReply) => {
        this.socket.off("disconnect", lost);
        if (reply.ok) resolve(reply.data);
        else reject(new AppError(reply.code, reply.sentence));
      });
    });
  }
}

/** The session cookie of somebody with a password. */
export async function signIn(url: string, handle: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ username: handle, password }),
  });
  if (!answer.ok) throw new Error(`Signing in as ${handle} answered ${answer.status}: ${await answer.text()}`);
  return cookiesOf(answer);
}

export const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
