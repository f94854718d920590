"use client";
import { memo, useState } from "react";
import { cx } from "@/app/ui/cx";
import { isEmojiOnly } from "../model/emoji";
import { linkify } from "../model/linkify";

/** Characters and lines beyond which a text is folded, so that one message never fills ten screens. */
const LONG = { characters: 2_400, lines: 32 };

/** The text of a message: addresses become links, a few emoji alone grow, a very long text folds. */
export const Body = memo(function Body({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const cut = whole ? undefined : foldAt(text);
  const shown = cut === undefined ? text : text.slice(0, cut);
  return (
    <>
      <p dir="auto" className={cx("whitespace-pre-wrap text-start", isEmojiOnly(text) && "text-[2rem] leading-10")}>
        <Linked text={shown} />
        {cut !== undefined && "…"}
      </p>
      {cut !== undefined && (
        <button type="button" onClick={() => setWhole(true)} className="mt-1 font-medium text-accent text-small hover:underline max-md:min-h-11">
          Show all of it
        </button>
      )}
    </>
  );
});

export const Linked = ({ text }: { text: string }) =>
  linkify(text).map((part, place) =>
    part.href === undefined ? (
      part.text
    ) : (
      // A part is its place in the text, which never changes.
      <a key={`${place}-${part.href}`} href={part.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">
        {part.text}
      </a>
    ),
  );

/** Where to fold, at the end of a word if there is one near; undefined when the text is short enough. */
function foldAt(text: string): number | undefined {
  let end = text.length;
  for (let at = -1, line = 0; line < LONG.lines; line++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) break;
    if (line === LONG.lines - 1) end = at;
  }
  if (end <= LONG.characters) return end < text.length ? end : undefined;
  const space = text.lastIndexOf(" ", LONG.characters);
  return space > LONG.characters - 80 ? space : LONG.characters;
}
