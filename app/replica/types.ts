import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Person } from "@/domain/person";
import type { Folder, Thread } from "@/domain/thread";
import type { Answers } from "../api/client";
import type { Failure } from "../api/failure";

export type { Failure };
export type Original = Answers["message"]["original"];

/** A message as the conversation shows it. Of an own one that is not committed yet, `id` is made here and is good for nothing but drawing. */
export type MessageView = Message & {
  /** clientId ?? id: the same from the first keystroke on, so that a list keyed by it never jumps when a message is committed. */
  readonly key: string;
  readonly pending?: "sending" | "failed";
  readonly failure?: Failure;
};

type Status = "loading" | "ready" | "error";
export type Me = Person & { readonly role: "admin" | "member"; readonly email: string; readonly demo: boolean };

export interface Connection {
  /** `connecting`: not yet, or lost a moment ago; `offline`: trying again has failed. */
  readonly state: "connecting" | "online" | "offline";
  /** Unix milliseconds since when it is online, or since when it is not. */
  readonly since: number;
  /** Online, but the server has not taken what the person did since then, Unix milliseconds. */
  readonly stalledSince?: number;
}

export interface FolderView {
  readonly threads: readonly Thread[];
  readonly status: Status;
  readonly failure?: Failure;
  readonly hasMore: boolean;
}

export interface ThreadView {
  readonly thread?: Thread;
  readonly status: Status | "missing";
  readonly failure?: Failure;
}

export interface MessagesView {
  /** Not deleted, by rising id; own pending ones last. */
  readonly items: readonly MessageView[];
  readonly status: Status;
  readonly failure?: Failure;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
}

export interface DraftView {
  readonly text: string;
  /** Takes the text at once; the server gets it when the person pauses. */
  set(text: string): void;
  clear(): void;
  /** Saves now: call it when the composer loses the focus. */
  flush(): void;
}

export interface SearchView {
  readonly people: readonly Person[];
  /** `idle`: nothing asked yet. While the next answer loads, `people` are those of the last one. */
  readonly status: Status | "idle";
}

export interface OriginalView {
  readonly original?: Original;
  readonly status: Status;
  readonly failure?: { readonly sentence: string };
  readonly images: boolean;
  showImages(): void;
  retry(): void;
}

/** Resolves when it is committed: to nothing, or to why it was refused and taken back on screen. It never rejects. */
export type Outcome = Promise<Failure | undefined>;

/** What a person can do. Everything but `start`, `addPeople` and `leave` shows at once and is taken back when it fails. */
export interface Actions {
  /** Shows the message at once and clears the draft; answers with its key. What fails stays in the conversation as `failed`. */
  send(threadId: Id, text: string): string;
  /** Sends a failed message again; one that had arrived after all is not doubled. */
  retry(threadId: Id, key: string): void;
  /** Drops a message that failed; answers with its text, for an undo. */
  discard(threadId: Id, key: string): string | undefined;
  /** Asks the server to deliver again what is committed and could not be delivered. */
  retryDelivery(threadId: Id, messageId: Id): Outcome;
  /** Everything up to this message has been read. A no-op when it had been; cheap to call on every scroll. */
  read(threadId: Id, upTo: Id): Outcome;
  markUnread(threadId: Id): Outcome;
  move(threadId: Id, folder: Folder): Outcome;
  mute(threadId: Id, muted: boolean): Outcome;
  deleteMessage(threadId: Id, messageId: Id): Outcome;
  restoreMessage(threadId: Id, messageId: Id): Outcome;
  rename(threadId: Id, name: string): Outcome;
  /** Opens the conversation with ids, handles or e-mail addresses. Rejects with an AppError. */
  start(people: readonly string[]): Promise<Thread>;
  addPeople(threadId: Id, people: readonly ParticipantId[]): Outcome;
  leave(threadId: Id): Outcome;
  /** Tells the others that the person is typing; call it on every key. */
  typing(threadId: Id): void;
}
