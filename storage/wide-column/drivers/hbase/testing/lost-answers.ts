import { connect, type Socket } from "node:net";

/** A guard that is put, among the cells of a call: family `_` with its length before it, no qualifier, 8 bytes of timestamp, the type of a put. */
const FAMILY = Buffer.from([1, 0x5f]);
const PUT = 4;

/** Connections that lose the answer to a change when told to: the server carried it out and the answer never came, or the change never came to the server. */
export class LostAnswers {
  readonly #planned: boolean[] = [];

  lose(carriedOut: boolean): void {
    this.#planned.push(carriedOut);
  }

  readonly connect = ({ host, port }: { host: string; port: number }): Socket => {
    const socket = connect({ host, port });
    const [write, emit] = [socket.write.bind(socket) as (chunk: Uint8Array) => boolean, socket.emit.bind(socket) as (...event: unknown[]) => boolean];
    let waiting = false;
    const written = (chunk: Uint8Array): boolean => {
      const carriedOut = isChange(Buffer.from(chunk)) ? this.#planned.shift() : undefined;
      if (carriedOut === undefined) return write(chunk);
      waiting = carriedOut;
      if (waiting) return write(chunk);
      setImmediate(() => socket.destroy());
      return true;
    };
    const emitted = (...event: unknown[]): boolean => {
      if (!waiting || event[0] !== "data") return emit(...event);
      socket.destroy();
      return false;
    };
    return Object.assign(socket, { write: written, emit: emitted });
  };
}

function isChange(chunk: Buffer): boolean {
  for (let at = chunk.indexOf(FAMILY); at >= 0; at = chunk.indexOf(FAMILY, at + 1)) if (chunk[at + FAMILY.length + 8] === PUT) return true;
  return false;
}
