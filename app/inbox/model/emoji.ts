const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
/** A pictograph, a flag, or a keycap; a lone digit is none (and neither are © and ™ without the sign that makes them emoji). */
const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Extended_Pictographic}\p{Emoji_Modifier}|\p{Regional_Indicator}{2}|[#*0-9]\uFE0F\u20E3)/u;

/** Whether a text is nothing but one to `most` emoji, which are then drawn bigger. */
export function isEmojiOnly(text: string, most = 3): boolean {
  const line = text.trim();
  if (line === "" || line.length > most * 40) return false;
  let count = 0;
  for (const { segment } of GRAPHEMES.segment(line)) {
    if (segment.trim() === "") continue;
    if (++count > most || !EMOJI.test(segment)) return false;
  }
  return count > 0;
}
