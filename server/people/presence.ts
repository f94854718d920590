import type { Id } from "@/domain/id";
import type { PresenceState } from "@/domain/realtime";
import type { Timers } from "../platform/timers";

/** A reload or a lift takes a person away for a moment; only after this do others hear of it, milliseconds. */
const GRACE = 5_000;

type Listener = (person: Id, state: PresenceState) => void;

/** Who is here, from the devices that are connected: looked at on any is online, connected on any is away. Nothing is stored. */
export class Presence {
  readonly #devices = new Map<Id, Map<string, "online" | "away">>();
  readonly #leaving = new Map<Id, () => void>();
  readonly #listeners = new Set<Listener>();

  constructor(private readonly timers: Timers) {}

  state(person: Id): PresenceState {
    const devices = this.#devices.get(person);
    if (devices === undefined) return "offline";
    return devices.size === 0 || [...devices.values()].includes("online") ? "online" : "away";
  }

  set(person: Id, device: string, state: "online" | "away"): void {
    const before = this.state(person);
    this.#leaving.get(person)?.();
    this.#leaving.delete(person);
    const devices = this.#devices.get(person) ?? new Map<string, "online" | "away">();
    this.#devices.set(person, devices.set(device, state));
    this.#tell(person, before);
  }

  gone(person: Id, device: string): void {
    const before = this.state(person);
    const devices = this.#devices.get(person);
    if (!devices?.delete(device)) return;
    if (devices.size > 0) this.#tell(person, before);
    else
      this.#leaving.set(
        person,
        this.timers.after(GRACE, () => this.#left(person, before)),
      );
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #left(person: Id, before: PresenceState): void {
    this.#leaving.delete(person);
    this.#devices.delete(person);
    this.#tell(person, before);
  }

  #tell(person: Id, before: PresenceState): void {
    const now = this.state(person);
    if (now !== before) for (const listener of this.#listeners) listener(person, now);
  }
}
