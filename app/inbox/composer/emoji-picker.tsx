"use client";
import { EmojiPicker as Picker } from "frimousse";
import { emojiData } from "./emoji-data";

/** Emoji to choose from, by search or by eye; arrow keys go through them. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <Picker.Root columns={8} resolveEmojiData={emojiData} onEmojiSelect={({ emoji }) => onPick(emoji)} className="flex h-80 w-[19rem] flex-col gap-2">
      <Picker.Search
        aria-label="Search emoji"
        placeholder="Search emoji"
        className="h-8 w-full shrink-0 rounded-md border border-edge bg-raised px-2 outline-none focus-visible:border-accent"
      />
      <Picker.Viewport tabIndex={0} aria-label="Emoji" className="relative min-h-0 grow">
        <Picker.Empty className="absolute inset-0 grid place-items-center text-muted">No emoji of that name.</Picker.Empty>
        <Picker.List
          className="select-none"
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className="bg-raised py-1 text-faint text-small first-letter:uppercase">
                {category.label}
              </div>
            ),
            // ARIA counts rows and columns from 1; the library counts from 0.
            Row: ({ "aria-rowindex": row = 0, ...props }) => <div {...{ ...props, "aria-rowindex": row + 1 }} />,
            Emoji: ({ emoji, "aria-colindex": column = 0, ...props }) => (
              <button
                {...{ ...props, "aria-colindex": column + 1 }}
                type="button"
                className="grid size-9 place-items-center rounded-md text-title data-[active]:bg-press"
              >
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}
