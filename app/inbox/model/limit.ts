import { MAX_TEXT } from "@/domain/message";
import { plural } from "./words";

/** How near the end, in characters, the limit begins to be said. */
const NEAR = 1_000;

/** The room left in a message, in words, when there is little; undefined while there is plenty. Characters as JavaScript counts them. */
export function limitWords(text: string, most = MAX_TEXT): { readonly words: string; readonly over: boolean } | undefined {
  const left = most - text.length;
  if (left > NEAR) return undefined;
  return left < 0 ? { words: `${plural(-left, "character")} too many`, over: true } : { words: `${plural(left, "character")} left`, over: false };
}
