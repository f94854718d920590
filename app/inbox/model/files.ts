import { type FileLoss, isSettled, type Message, type MessageFile } from "@/domain/message";

/** A file as a conversation shows it. */
export interface ShownFile {
  readonly file: MessageFile;
  /** Where its bytes are; missing while they are not here. */
  readonly href?: string;
  /** Pixels of a picture that is shown in its place. */
  readonly picture?: { readonly width: number; readonly height: number };
}

/** The files of a message, or of its mail. Of a mail nothing is shown unasked: in many the pictures are ornaments. */
export function filesOf({ threadId, id, files, mail }: Pick<Message, "threadId" | "id" | "files" | "mail">): readonly ShownFile[] {
  const at = (place: number) => `/api/files/${threadId}/${id}/${place}`;
  if (files === undefined) return (mail?.attachments ?? []).map((file, place) => ({ file, href: at(place) }));
  return files.map((file, place) => {
    if (file.key === undefined) return { file };
    const { width, height } = file;
    return { file, href: at(place), ...(width !== undefined && height !== undefined && { picture: { width, height } }) };
  });
}

const LOST: Readonly<Record<FileLoss, string>> = {
  "too-large": "was too large to take",
  "not-a-picture": "came damaged, or as something else",
  unsafe: "was a page that runs in a browser, and was not taken",
  refused: "could not be fetched: its carrier does not give it",
  unreachable: "could not be fetched: its carrier did not answer for a day",
};

/** What there is to say of a file that is not here. */
export function missingWords(file: MessageFile): string {
  const kind = kindOf(file);
  if (!isSettled(file)) return `A ${kind} is on its way.`;
  return `A ${kind} ${LOST[file.lost ?? "refused"]}.`;
}

const kindOf = ({ type }: MessageFile): string => (type.startsWith("image/") ? "picture" : type.startsWith("video/") ? "video" : "file");
