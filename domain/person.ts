import { emailOf, isOutside, type ParticipantId } from "./address";
import { phoneWords } from "./phone";

/** What others may see of somebody: enough to name and draw them. */
export interface Person {
  readonly id: ParticipantId;
  readonly name: string;
  readonly handle?: string;
  /** The address that stands for somebody outside. */
  readonly address?: string;
  /** A number as people write it, where that is known. */
  readonly shown?: string;
  readonly outside: boolean;
  /** Degrees on the colour wheel for the avatar. */
  readonly hue: number;
}

/** Somebody without an account, as far as the conversation knows them. */
export function outsidePerson(id: ParticipantId, name?: string): Person {
  const address = emailOf(id) ?? id.slice(id.indexOf(":") + 1);
  return { id, name: name?.trim() || phoneWords(address), address, outside: isOutside(id), hue: hueOf(id) };
}

/** A stable colour for a text: FNV-1a, folded to 0-359. */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 360;
}
