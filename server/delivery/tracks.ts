import { Lanes } from "./lanes";
import type { Owed } from "./owed";
import type { Route, Routing } from "./routes";

/** An entry in memory. */
export interface Held {
  readonly key: string;
  readonly owed: Owed;
  readonly route: Route;
  /** The parties to it: where it goes, by which way, and who owes it. */
  readonly lane: string;
  readonly owner: string;
  state: "ready" | "running" | "waiting" | "dropped";
  /** What a commit said of it while it was running; null: it is settled. */
  next?: Owed | null;
}

/** The entries that are ready or under way: each route with lanes of its own, one for each destination, and room that is bounded. */
export class Tracks {
  readonly #tracks: ReadonlyMap<Route, Lanes<Held>>;
  /** Lanes and routes that refused something for want of room. */
  readonly #crowded = new Set<string>();

  constructor(
    private readonly routing: Routing,
    work: (held: Held) => Promise<void>,
  ) {
    this.#tracks = new Map(routing.routes.map((route) => [route, lanesOf(route, work)]));
  }

  get size(): number {
    let size = 0;
    for (const lanes of this.#tracks.values()) size += lanes.size;
    return size;
  }

  placed(key: string, owed: Owed): Held {
    const route = this.routing.of(owed.entry);
    return { key, owed, route, lane: `${route.name}:${route.destination(owed.entry)}`, owner: `owner:${owed.user}`, state: "ready" };
  }

  /** Answers what has no room for it: its lane, or the whole route. */
  refuses({ route, lane }: Held): string | undefined {
    const lanes = this.#of(route);
    const full = lanes.isFull(lane) ? lane : lanes.size >= route.room ? roomOf(route) : undefined;
    if (full !== undefined) this.#crowded.add(full);
    return full;
  }

  add(held: Held): void {
    this.#of(held.route).add(held.lane, held);
  }

  /** Which of those that refused something has room again, now that this entry is done. It waits until there is room for many. */
  rooms({ route, lane }: Held): readonly string[] {
    if (this.#crowded.size === 0) return [];
    const lanes = this.#of(route);
    const roomy = [...(lanes.queued(lane) * 2 <= route.roomPerDestination ? [lane] : []), ...(lanes.size * 2 <= route.room ? [roomOf(route)] : [])];
    return roomy.filter((party) => this.#crowded.delete(party));
  }

  /** All routes, when none has room. */
  fullRooms(): readonly string[] {
    const tracks = [...this.#tracks];
    if (tracks.some(([route, lanes]) => lanes.size < route.room)) return [];
    const rooms = tracks.map(([route]) => roomOf(route));
    for (const room of rooms) this.#crowded.add(room);
    return rooms;
  }

  clear(): void {
    for (const lanes of this.#tracks.values()) lanes.clear();
  }

  async idle(): Promise<void> {
    for (const lanes of this.#tracks.values()) await lanes.idle();
  }

  #of(route: Route): Lanes<Held> {
    return this.#tracks.get(route) as Lanes<Held>;
  }
}

const lanesOf = ({ width, perDestination, roomPerDestination }: Route, work: (held: Held) => Promise<void>) =>
  new Lanes<Held>({ width, laneWidth: perDestination, laneLength: roomPerDestination, work });

const roomOf = ({ name }: Route): string => `room:${name}`;
