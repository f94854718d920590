import { Duplex } from "node:stream";
import { serialize } from "pg-protocol";
import type { LiteServer } from "./lite-server";

/** Message types of the frontend protocol after which the server is expected to answer (PostgreSQL documentation 54.7): query, sync, flush. */
const ASKS = new Set(["Q", "S", "H"].map((letter) => letter.charCodeAt(0)));
const TERMINATE = "X".charCodeAt(0);
const LENGTH = 4;

/** AuthenticationOk and ReadyForQuery (idle). */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** The session outlives its sockets, so a new one finds what the last left behind. */
const RESET = ["ROLLBACK", "DEALLOCATE ALL"];

/**
 * What node-postgres takes for the socket to a server. Messages are held back until one asks for an answer and go over in one piece, so
 * that the server's own rule after an error (skip until Sync) applies; handing them over one by one breaks it.
 */
export class LiteSocket extends Duplex {
  #received: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #started = false;

  constructor(private readonly server: LiteServer) {
    super();
  }

  connect(): this {
    this.server.start().then(
      () => this.emit("connect"),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    this.#take().then(() => done(), done);
  }

  override _read(): void {}
  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  async #take(): Promise<void> {
    for (let message = this.#next(); message !== undefined; message = this.#next()) await this.#accept(message);
  }

  /** The next whole message; the first of a connection, the startup, has no type byte. */
  #next(): Buffer | undefined {
    const typeLength = this.#started ? 1 : 0;
    if (this.#received.length < typeLength + LENGTH) return undefined;
    const end = typeLength + this.#received.readUInt32BE(typeLength);
    if (this.#received.length < end) return undefined;
    const message = this.#received.subarray(0, end);
    this.#received = this.#received.subarray(end);
    return message;
  }

  async #accept(message: Buffer): Promise<void> {
    if (!this.#started) return this.#welcome();
    const type = message[0] ?? 0;
    if (type === TERMINATE) return void this.push(null);
    this.#batch.push(message);
    if (!ASKS.has(type)) return;
    const batch = Buffer.concat(this.#batch);
    this.#batch = [];
    for (const bytes of await this.server.exchange(batch)) this.push(bytes);
  }

  async #welcome(): Promise<void> {
    this.#started = true;
    for (const statement of RESET) await this.server.exchange(serialize.query(statement));
    this.push(WELCOME);
  }

  // What node-postgres calls of a net.Socket beyond a stream.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
