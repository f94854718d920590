import type { HBaseError } from "../errors";
import type { Service } from "../wire/methods";
import type { Address } from "./channel";
import { Connection, type ConnectionOptions } from "./connection";

export interface ServerStats {
  /** Calls sent. */
  readonly calls: number;
  /** Calls that wait for an answer. */
  readonly inFlight: number;
  /** Calls that wait to be sent. */
  readonly waiting: number;
  /** Connections made or tried, and how many of them failed. */
  readonly connects: number;
  readonly failures: number;
}

interface Slot {
  connection: Connection;
  connects: number;
  failures: number;
  /** Calls of the connections before. */
  calls: number;
  /** Failed tries to connect, one after another. */
  refused: number;
  retryAt: number;
}

/** Milliseconds between tries to connect to a server that did not answer; between them calls fail at once, and are retried by their callers. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 500;

/** The connections, one for each service of a server, made when they are first needed and again after they failed. */
export class Pool {
  private readonly slots = new Map<string, Slot>();
  /** Of those who ask for rows again and again. */
  private readonly known = new WeakMap<Address, Slot>();
  private closed?: HBaseError;

  constructor(private readonly options: ConnectionOptions) {}

  /** A connection that may still be on its way. Throws `moved` while the server is given a rest after a failed try. */
  connection(service: Service, server: Address): Connection {
    if (this.closed) throw this.closed;
    const known = service === "ClientService" ? this.known.get(server) : undefined;
    if (known) return known.connection.failure ? this.again(known) : known.connection;
    const slot = this.slot(service, server);
    if (service === "ClientService") this.known.set(server, slot);
    return slot.connection.failure ? this.again(slot) : slot.connection;
  }

  private slot(service: Service, server: Address): Slot {
    const key = `${server.host}:${server.port} ${service}`;
    const known = this.slots.get(key);
    if (known) return known;
    const slot = { connection: new Connection(server, service, this.options), connects: 1, failures: 0, calls: 0, refused: 0, retryAt: 0 };
    this.slots.set(key, slot);
    return slot;
  }

  stats(): Record<string, ServerStats> {
    const out: Record<string, ServerStats> = {};
    for (const [key, { connection, connects, failures, calls }] of this.slots) {
      const { inFlight, waiting, count, failure } = connection;
      out[key] = { calls: calls + count, inFlight, waiting, connects, failures: failures + (failure ? 1 : 0) };
    }
    return out;
  }

  close(reason: HBaseError): void {
    this.closed = reason;
    for (const { connection } of this.slots.values()) connection.fail("closed by its owner", "closed");
  }

  private again(slot: Slot): Connection {
    const now = this.options.clock.now();
    const { connection } = slot;
    if (now < slot.retryAt) throw connection.failure;
    slot.refused = connection.ready ? 0 : slot.refused + 1;
    // The first new try after a live connection is made at once; when that fails, the ones after it wait longer and longer.
    slot.retryAt = now + Math.min(FIRST_PAUSE * 2 ** slot.refused, LONGEST_PAUSE);
    slot.failures++;
    slot.connects++;
    slot.calls += connection.count;
    slot.connection = new Connection(connection.server, connection.service, this.options);
    return slot.connection;
  }
}
