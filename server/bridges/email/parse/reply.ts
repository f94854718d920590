import EmailParser from "email-reply-parser/lib/parser/emailparser.js";
import rules from "email-reply-parser/lib/regex.js";
import { attributionAt, SIGNATURES } from "./attribution";

/** What is looked at; a reply is at the top, and the library's cost grows with every line. */
const MAX_CHARACTERS = 200 * 1024;
const MAX_LINES = 5_000;

/** Lines under a bare `--` that are still a signature; with more it was a dividing line. */
const SHORT_SIGNATURE = 8;

/** Private-use character that tells the library where an attribution stands. */
const MARK = "\ue000";

// The library keeps its rules in one shared object; this module is its only user.
rules.quoteHeadersRegex = [new RegExp(`^(${MARK})`, "m")];
rules.signatureRegex = [...SIGNATURES];

export interface Reply {
  /** What the sender wrote now. */
  readonly text: string;
  /** Quotations and signature, in their order; empty when there are none. */
  readonly quote: string;
  /** Whether the new text went on beyond what was looked at. */
  readonly cut: boolean;
}

/** Parts a mail's text (line ends LF) into what is new and what is folded away. Text that would vanish altogether is shown whole. */
export function splitReply(text: string): Reply {
  const lines = text.slice(0, MAX_CHARACTERS).replaceAll(MARK, " ").split("\n", MAX_LINES);
  const fragments = new EmailParser().parse(mark(lines).join("\n")).getFragments();
  const side = (hidden: boolean): string =>
    fragments
      .filter((fragment) => fragment.isHidden() === hidden)
      .map((fragment) => fragment.getContent())
      .join("\n")
      .replaceAll(MARK, "")
      .trim();
  const seen = lines.join("\n");
  const reply = { text: side(false), quote: side(true), cut: text.length > seen.length && fragments.at(-1)?.isHidden() === false };
  return reply.text === "" ? { text: seen.trim(), quote: "", cut: text.length > seen.length } : reply;
}

/** The lines with each attribution on one line of its own, marked, below an empty one: only so does the library see where it begins. */
function mark(lines: readonly string[]): string[] {
  const marked: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const taken = attributionAt(lines, at);
    if (taken === 0) marked.push(lines[at++] ?? "");
    else {
      marked.push(
        "",
        MARK +
          lines
            .slice(at, at + taken)
            .map((line) => line.trim())
            .join(" "),
      );
      at += taken;
    }
  }
  return markSignature(marked);
}

function markSignature(lines: string[]): string[] {
  const end = lines.findIndex((line) => line.startsWith(MARK) || line.startsWith(">"));
  const stop = end === -1 ? lines.length : end;
  const at = lines.lastIndexOf("--", stop - 1);
  if (at > 0 && stop - at <= SHORT_SIGNATURE + 1) lines[at] = "-- ";
  return lines;
}
