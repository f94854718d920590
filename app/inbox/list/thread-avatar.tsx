import { Avatar, AvatarPair } from "@/app/ui/avatar";
import type { ParticipantId } from "@/domain/address";
import type { Person } from "@/domain/person";
import type { PresenceState } from "@/domain/realtime";

interface ThreadAvatarProps {
  /** The others in the conversation; the person herself when she is alone in it. */
  people: readonly Person[];
  presence: ReadonlyMap<ParticipantId, PresenceState>;
  size?: 32 | 40;
}

/** One person with their presence, or the first two of several. */
export function ThreadAvatar({ people, presence, size = 40 }: ThreadAvatarProps) {
  const [first, second] = people;
  if (first !== undefined && second !== undefined) return <AvatarPair names={people} size={size} />;
  if (first === undefined) return <Avatar name="?" size={size} />;
  const state = presence.get(first.id);
  return <Avatar name={first.name} hue={first.hue} size={size} {...(state !== undefined && { presence: state })} />;
}
