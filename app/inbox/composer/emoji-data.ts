import type { EmojiPickerRootProps } from "frimousse";

type EmojiData = Awaited<ReturnType<NonNullable<EmojiPickerRootProps["resolveEmojiData"]>>>;

/** Emoji newer than this (Unicode, September 2023) are still empty boxes on too many devices. */
const NEWEST = 15.1;
/** Emojibase counts skin tones and hair as a group of its own; nobody writes them alone. */
const COMPONENTS = 2;

/** The data of the picker, from our own origin: by itself the library would ask a server of somebody else. */
export async function emojiData(): Promise<EmojiData> {
  const [{ default: emojis }, { default: messages }] = await Promise.all([import("emojibase-data/en/data.json"), import("emojibase-data/en/messages.json")]);
  return {
    locale: "en",
    emojis: emojis.flatMap(({ emoji, label, group, version, tags }) =>
      group === undefined || group === COMPONENTS || version > NEWEST ? [] : [{ emoji, label, category: group, version, tags: tags ?? [] }],
    ),
    categories: messages.groups.filter(({ order }) => order !== COMPONENTS).map(({ order, message }) => ({ index: order, label: message })),
    skinTones: { dark: "dark", light: "light", medium: "medium", "medium-dark": "medium-dark", "medium-light": "medium-light" },
  };
}
