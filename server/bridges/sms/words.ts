import type { ParticipantId } from "@/domain/address";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { CopyLetter } from "@/server/delivery/outside-step";
import type { Cut } from "./carrier";
import type { Assignment } from "./pool";

export interface Wording {
  readonly message: Message;
  readonly thread: Thread;
  readonly assignment: Assignment;
  readonly sender: string;
}

/** A text from a linked phone may be a picture alone. Of nothing a carrier takes nothing, and the message would be said to have gone. */
const FILE_ONLY = "(a picture or another file, which does not come by SMS)";

/** What a phone shows. */
export const wordsFor = ({ message, ...wording }: Wording): string => frontFor(wording) + (message.text || FILE_ONLY);

/**
 * What stands before a text. The phone knows our number and not who writes, so the name is there where that is not clear: in groups always,
 * and with two when the number is new to the conversation. A number that stood for another conversation says so.
 */
export function frontFor({ thread, assignment, sender }: Omit<Wording, "message">): string {
  const group = thread.kind === "group";
  if (!group && !assignment.isNew) return "";
  const where = group && assignment.isNew && thread.name !== undefined ? ` in ${thread.name}` : "";
  const moved = assignment.taken === undefined ? "" : " (this number is now for this conversation)";
  return `${sender}${where}${moved}: `;
}

/** Segments of a copy, which nobody chose to send: what is longer is read in Braid. */
const COPY_SEGMENTS = 3;
/** Characters that could fit. */
const COPY_LENGTH = 500;
/** In letters of GSM-7: a nicer ellipsis would halve what fits. */
const MORE = "... (more in Braid)";
const NO_WORDS = "(without words, to be seen in Braid)";
const LAST = "\n(Last text for today, the rest is in Braid.)";

export interface CopyWording extends Omit<Wording, "message" | "sender"> {
  readonly copy: CopyLetter;
  readonly nameOf: (id: ParticipantId) => string;
  readonly cut: (text: string) => Cut;
}

/** What a phone of a person here shows of messages in their mailbox: as many words as fit, with a name where it is not clear whose they are. */
export function copyWords({ copy, thread, assignment, nameOf, cut }: CopyWording): string {
  const lines = copy.messages.map((message, index) => {
    const said = { ...message, text: bodyOf(message) };
    const place = index === 0 ? assignment : { number: assignment.number, isNew: false };
    return wordsFor({ message: said, thread, assignment: place, sender: nameOf(message.from) });
  });
  return fitted(lines.join("\n"), copy.last ? LAST : "", cut);
}

function bodyOf({ text, mail }: Message): string {
  const subject = mail?.subject?.trim();
  return (subject ? `${subject}: ${text}`.trim() : text) || NO_WORDS;
}

/** The longest beginning that fits with what has to stand at the end. No letter is cut in two. */
function fitted(text: string, end: string, cut: (text: string) => Cut): string {
  const fits = (candidate: string): boolean => cut(candidate).segments <= COPY_SEGMENTS;
  if (text.length <= COPY_LENGTH && fits(text + end)) return text + end;
  const letters = [...text.slice(0, COPY_LENGTH)];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(letters.slice(0, middle).join("") + MORE + end)) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("").trimEnd() + MORE + end;
}
