import { isHandle } from "@/domain/address";
import { isReserved } from "@/domain/reserved";

const MAX = 30;

/** A handle made from a name: small Latin letters and digits, accents dropped; empty when nothing of the name can be used. */
export function suggestHandle(name: string): string {
  const plain = name.slice(0, 300).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const handle = plain
    .replace(/[^a-z0-9]+/g, ".")
    .slice(0, MAX)
    .replace(/^\.+|\.+$/g, "");
  return isHandle(handle) && !isReserved(handle) ? handle : "";
}

/** What is wrong with it, or undefined. Whether it is taken, only the server knows. */
export function handleProblem(handle: string): string | undefined {
  if (handle === "") return "Choose a handle.";
  if (handle.length > MAX) return `A handle has at most ${MAX} characters.`;
  if (!isHandle(handle)) return "Small letters, digits, and dots, dashes or underscores between them.";
  if (isReserved(handle)) return "That handle is kept for those who run this Braid.";
  return undefined;
}
