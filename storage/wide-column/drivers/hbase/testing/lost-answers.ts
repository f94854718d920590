import { connect, type Socket } from "node:net";

/** How HBase's header names the calls that change something. */
const CHANGES = ["Multi", "Mutate"];

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
      const carriedOut = CHANGES.some((name) => Buffer.from(chunk).includes(name)) ? this.#planned.shift() : undefined;
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
