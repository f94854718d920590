import type { Id } from "@/domain/id";

/** Which sockets want to hear of whose presence. */
export class Watches {
  readonly #people = new Map<string, readonly Id[]>();
  readonly #sockets = new Map<Id, Set<string>>();

  set(socket: string, people: readonly Id[]): void {
    this.forget(socket);
    this.#people.set(socket, people);
    for (const person of people) {
      const sockets = this.#sockets.get(person);
      if (sockets === undefined) this.#sockets.set(person, new Set([socket]));
      else sockets.add(socket);
    }
  }

  forget(socket: string): void {
    for (const person of this.#people.get(socket) ?? []) {
      const sockets = this.#sockets.get(person);
      sockets?.delete(socket);
      if (sockets?.size === 0) this.#sockets.delete(person);
    }
    this.#people.delete(socket);
  }

  watchersOf(person: Id): Iterable<string> {
    return this.#sockets.get(person) ?? [];
  }
}
