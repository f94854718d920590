import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Folder } from "@/domain/thread";

/** What a part of the screen can depend on. */
export type Topic =
  | "connection"
  | "me"
  | "head"
  | "people"
  | "presence"
  | `folder:${Folder}`
  | `thread:${Id}`
  | `messages:${Id}`
  | `typing:${Id}`
  | `draft:${Id}`
  | `person:${ParticipantId}`;

/** Who listens to what, and the view of each topic as last computed: the same object until the topic is touched. */
export class Topics {
  readonly #listeners = new Map<Topic, Set<() => void>>();
  readonly #views = new Map<Topic, unknown>();
  readonly #touched = new Set<Topic>();
  #holds = 0;

  subscribe(topic: Topic, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }

  watched(): readonly Topic[] {
    return [...this.#listeners.keys()];
  }

  /** The view of a topic; `compute` runs when it was touched since. A topic has one view, so callers agree on the type. */
  view<T>(topic: Topic, compute: () => T): T {
    if (!this.#views.has(topic)) this.#views.set(topic, compute());
    return this.#views.get(topic) as T;
  }

  touch(...topics: readonly Topic[]): void {
    for (const topic of topics) this.#touched.add(topic);
    if (this.#holds === 0) this.#tell();
  }

  /** Everything may have changed. */
  touchAll(): void {
    this.touch(...this.#views.keys(), ...this.#listeners.keys());
  }

  /** Runs a change of many parts; listeners hear of it once, at its end. */
  together<T>(change: () => T): T {
    const release = this.hold();
    try {
      return change();
    } finally {
      release();
    }
  }

  /** Until released, views stay as they are and nobody is told. */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--this.#holds === 0) this.#tell();
    };
  }

  #tell(): void {
    const topics = [...this.#touched];
    this.#touched.clear();
    for (const topic of topics) this.#views.delete(topic);
    for (const topic of topics) for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener();
  }
}
