import { type Id, isId } from "@/domain/id";
import { FOLDERS, type Folder } from "@/domain/thread";

/** What the address of the page names: a folder, perhaps a conversation in it, perhaps one message of that. */
export interface Place {
  readonly folder: Folder;
  readonly threadId?: Id;
  readonly messageId?: Id;
}

const isFolder = (text: string | undefined | null): text is Folder => FOLDERS.some((folder) => folder === text);

/** Reads `/`, `/f/<folder>`, `/t/<thread>?in=<folder>#m-<message>`; undefined for what names nothing here. */
export function parsePlace(pathname: string, search = "", hash = ""): Place | undefined {
  const [head, tail, ...more] = pathname.split("/").filter((part) => part !== "");
  if (more.length > 0) return undefined;
  if (head === undefined) return { folder: "messages" };
  if (head === "f") return isFolder(tail) ? { folder: tail } : undefined;
  if (head !== "t" || tail === undefined || !isId(tail)) return undefined;
  const folder = new URLSearchParams(search).get("in");
  const messageId = hash.startsWith("#m-") ? hash.slice(3) : "";
  return { folder: isFolder(folder) ? folder : "messages", threadId: tail, ...(isId(messageId) && { messageId }) };
}

export function placePath({ folder, threadId, messageId }: Place): string {
  if (threadId === undefined) return folder === "messages" ? "/" : `/f/${folder}`;
  return `/t/${threadId}${folder === "messages" ? "" : `?in=${folder}`}${messageId === undefined ? "" : `#m-${messageId}`}`;
}

export const FOLDER_WORDS: Readonly<Record<Folder, { readonly title: string; readonly empty: string }>> = {
  messages: { title: "Messages", empty: "No conversations yet. Write to somebody, by name, e-mail address or phone number." },
  other: { title: "Other", empty: "Nothing here. Mail and texts from people you have not answered come to this folder." },
  archive: { title: "Archive", empty: "Nothing archived. What you put away comes here." },
  spam: { title: "Spam", empty: "No spam." },
};

/** Two keys, one after the other, as tinykeys writes them. */
export const FOLDER_KEYS: Readonly<Record<Folder, string>> = { messages: "g m", other: "g o", archive: "g a", spam: "g s" };
