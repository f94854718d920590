import { createHash, hash } from "node:crypto";
import type { Block } from "@/domain/action";
import { type ParticipantId, peopleKey } from "@/domain/address";
import { encodeId, type Id } from "@/domain/id";
import type { TableSchema } from "@/storage/wide-column/contract";
import { Lru } from "../platform/lru";

/**
 * Table `mailbox`, one row a person:
 * - `meta`   epoch: who owns the row; `logged`: up to where the log is in the archive. Not derived.
 * - `log`    seq (8 bytes) -> action. Not derived.
 * - `view`   `h` the head; `t`+thread -> thread; `f`+folder order -> nothing; `k`+maker -> where its action is; `b`+thread+first message -> which
 *            block of the archive begins there. Derived.
 * - `message` thread+message -> message, those that are not in the archive or have changed since. Derived.
 * - `outbox` key -> what is still owed to others. Derived.
 *
 * Table `archive`, one row a block, which never changes. Not derived. Family `block`: `about` -> what is in it, `data` -> compressed JSON.
 * - user `m` thread, id of the first message, position of the log it was copied at (8 bytes), digest: messages of a thread.
 * - user `l` position of the last entry (8 bytes): entries of the log.
 *
 * Table `roster`, one row a group: `roster` `now` -> who is in it, with a version that every change raises.
 */
export const MAILBOX: TableSchema = {
  name: "mailbox",
  families: ["meta", "log", "view", "message", "outbox"],
  newestFirst: ["view", "message"], // folders and conversations are read from their newest end
};
export const ROSTER: TableSchema = { name: "roster", families: ["roster"] };
export const ARCHIVE: TableSchema = { name: "archive", families: ["block"] };
export const MAILBOX_TABLES: readonly TableSchema[] = [MAILBOX, ROSTER, ARCHIVE];

/** What a replay of the log restores. */
export const DERIVED = ["view", "message", "outbox"] as const;

export const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");

export const EPOCH = utf8("epoch");
export const LOGGED = "logged";
export const HEAD = "h";

export const threadKey = (id: Id): string => `t${id}`;
export const folderPrefix = (order: string): string => `f${order}`;
export const digestOf = (bytes: Buffer | string): string => hash("sha256", bytes, "base64url").slice(0, 22);
/** Makers may be long (a Message-ID): their digest keeps keys short. */
export function makerKey(maker: string): string {
  const known = MAKER_KEYS.get(maker);
  if (known !== undefined) return known;
  const key = `k${digestOf(maker)}`;
  MAKER_KEYS.set(maker, key);
  return key;
}
/** Each is asked for before a commit and written with it. */
const MAKER_KEYS = new Lru<string, string>(1_000);
export const blockKey = (threadId: Id, first: Id): string => `b${threadId}${first}`;
export const messageKey = (threadId: Id, messageId: Id): string => `${threadId}${messageId}`;

export function logKey(seq: number): Buffer {
  const key = Buffer.alloc(8);
  key.writeBigUInt64BE(BigInt(seq));
  return key;
}
export const seqOf = (key: Uint8Array): number => Number(Buffer.from(key).readBigUInt64BE());

/** The digest is of what is in the block: a server that copies late, and finds other things, cannot write over one that counts. Without it: what comes before every block that begins with this message and was copied there or later. */
export const messageBlock = (user: Id, threadId: Id, { from, copied, digest = "" }: Pick<Block, "from" | "copied"> & { digest?: string }): Buffer =>
  Buffer.concat([utf8(`${user}m${threadId}${from}`), logKey(copied), utf8(digest)]);
export const logBlock = (user: Id, last: number): Buffer => Buffer.concat([utf8(`${user}l`), logKey(last)]);

/**
 * The one thread of a set of people. For a group, whose roster may later move on, `generation` counts the threads this set has begun:
 * whoever writes to the same set meets in the same one.
 */
export function threadIdOf(people: readonly ParticipantId[], generation = 0): Id {
  return idOf(generation === 0 ? peopleKey(people) : `${peopleKey(people)}\n#${generation}`);
}

/** The same where it was begun before a phone with two numbers counted as one: by the numbers just as they were written. */
export const oldThreadIdOf = (people: readonly ParticipantId[]): Id => idOf([...new Set(people)].sort().join("\n"));

const idOf = (text: string): Id => encodeId(createHash("sha256").update(text).digest());
