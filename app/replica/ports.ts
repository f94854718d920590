import type { LogEntry } from "@/domain/action";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Person } from "@/domain/person";
import type { MailboxHead } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";
import type { Pending } from "./acts";
import type { Me } from "./types";

/** What the replica asks of the server. `seq` is the position an answer was read at. */
export interface MailboxApi {
  me(): Promise<Me>;
  open(): Promise<{ head: MailboxHead }>;
  sync(since: number, limit: number): Promise<{ entries: readonly LogEntry[]; head: number }>;
  threads(page: { folder: Folder; before?: string; limit: number }): Promise<{ threads: readonly Thread[]; next?: string; seq: number }>;
  thread(threadId: Id): Promise<{ thread: Thread; seq: number }>;
  messages(page: { threadId: Id; before?: Id; limit: number }): Promise<{ messages: readonly Message[]; more: boolean; seq: number }>;
  /** Commits an act. A repeat with the same maker is a no-op that answers alike. */
  act(pending: Pending): Promise<{ seq: number }>;
  start(people: readonly string[], maker: Id): Promise<{ thread: Thread; seq: number }>;
  retryDelivery(threadId: Id, messageId: Id, maker: Id): Promise<{ seq: number }>;
  addPeople(threadId: Id, people: readonly ParticipantId[], maker: Id): Promise<{ seq: number }>;
  leave(threadId: Id, maker: Id): Promise<{ seq: number }>;
  people(ids: readonly ParticipantId[]): Promise<readonly Person[]>;
}

/** Keeps texts over a reload and a crash: localStorage, or a map in tests. It never throws; what it cannot keep it forgets. */
export interface Shelf {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
  remove(key: string): void;
  keys(prefix: string): readonly string[];
}

export interface Timers {
  /** Runs `what` after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, what: () => void): () => void;
}
