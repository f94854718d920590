import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** An SMTP client that does exactly what a test tells it, right or wrong. */
export class SmtpClient {
  #text = "";
  #wake: () => void = () => {};
  #ended = false;
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", (data: string) => {
      this.#text += data;
      this.#wake();
    });
    socket.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
    this.closed = once(socket, "close").then(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Connects and reads the greeting. */
  static async to(port: number): Promise<SmtpClient> {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const client = new SmtpClient(socket);
    await once(socket, "connect");
    return client;
  }

  /** The next reply, its lines joined by line feeds; "" when the server hung up instead. */
  async reply(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.#text);
      if (found) {
        this.#text = this.#text.slice(found[0].length);
        return found[0].replace(/\r/g, "").trim();
      }
      if (this.#ended) return "";
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async ask(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** Greets and goes as far as the 354. */
  async data(from: string, ...to: readonly string[]): Promise<void> {
    for (const line of ["EHLO client.test", `MAIL FROM:<${from}>`, ...to.map((address) => `RCPT TO:<${address}>`), "DATA"]) {
      const reply = await this.ask(line);
      if (!/^[23]/.test(reply)) throw new Error(`${line}: ${reply}`);
    }
  }

  /** Writes as fast as the server takes it. */
  async write(data: string | Buffer): Promise<void> {
    if (!this.socket.write(data) && !this.socket.destroyed) await Promise.race([once(this.socket, "drain"), this.closed]);
  }

  end(): void {
    this.socket.end();
  }
  destroy(): void {
    this.socket.destroy();
  }
}
