import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { endWithUs, until } from "./box";
import { kannelPrograms } from "./build";

/** A short message as it reached a phone. */
export interface Arrived {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The user data header, when there is one. */
  readonly header?: Buffer;
}

/** fakesmsc reads its input in pieces of so many bytes. */
const PIECE = 255;
const GOT = /Got message \d+: <(.*)>$/;
const ENCODED = /^(?:%[0-9A-Fa-f]{2}|[^%])*$/s;

/** All phones of Kannel's carrier: its own fakesmsc, which speaks with bearerbox in lines of text. It ends when bearerbox does. */
export class Phones {
  readonly arrived: Arrived[] = [];
  #child?: ChildProcess;
  #sent = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly port: number) {}

  async start(): Promise<void> {
    const args = ["-v", "0", "-H", "127.0.0.1", "-r", String(this.port), "-i", "0"];
    const child = spawn(
      join(
        kannelPrograms(() => {}),
        "fakesmsc",
      ),
      args,
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    [this.#child, this.#sent] = [child, 0];
    endWithUs(child);
    child.stdin.on("error", () => {}); // it ended, and what was not sent is sent by the next one or not at all
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => {
        const lines = (said + bytes.toString("latin1")).split("\n");
        said = lines.pop() ?? "";
        for (const line of lines) this.#heard(child, line);
      });
    await until("fakesmsc runs", () => this.#sent >= 0 && child.pid !== undefined);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  text(from: string, to: string, text: string): Promise<void> {
    return this.#line(Buffer.from(`${from} ${to} text ${text}`));
  }

  /** UCS-2 in one short message. */
  ucs2(from: string, to: string, text: string): Promise<void> {
    return this.#line(Buffer.from(`${from} ${to} ucs2 ${percent(Buffer.from(text, "utf16le").swap16())}`));
  }

  /** A part with its header; its text in ASCII. */
  part(from: string, to: string, header: Uint8Array, text: string): Promise<void> {
    return this.#line(Buffer.from(`${from} ${to} udh-text ${percent(header)} ${text}`));
  }

  /** Resolves when fakesmsc has written it to bearerbox, one after the other: it reads no second line before. */
  #line(line: Buffer): Promise<void> {
    const whole = Buffer.concat([line, Buffer.from("\n")]);
    const next = this.#queue.then(async () => {
      for (let at = 0; at < whole.length; at += PIECE) {
        const before = this.#sent;
        this.#child?.stdin?.write(whole.subarray(at, at + PIECE));
        await until("fakesmsc sends a line", () => this.#sent > before || !this.runs);
      }
    });
    this.#queue = next.catch(() => {});
    return next;
  }

  #heard(child: ChildProcess, line: string): void {
    if (child !== this.#child) return;
    if (line.includes("fakesmsc: sent message")) this.#sent++;
    const [, said] = GOT.exec(line) ?? [];
    const arrived = said === undefined ? undefined : arrivedOf(said);
    if (arrived) this.arrived.push(arrived);
  }
}

/** "from to text words", "from to ucs-2 %XX", "from to udh %XX data %XX". */
function arrivedOf(line: string): Arrived | undefined {
  const [from = "", to = "", kind, ...rest] = line.split(" ");
  const words = rest.join(" ");
  if (kind === "text") return { from, to, text: Buffer.from(words, "latin1").toString("utf8") };
  if (kind === "ucs-2") return { from, to, text: utf16(unpercent(words)) };
  if (kind === "udh") {
    const [header = "", , data = ""] = rest;
    const octets = unpercent(data);
    return { from, to, header: unpercent(header), text: octets.includes(0) || octets.some((octet) => octet < 9) ? utf16(octets) : octets.toString("utf8") };
  }
  return undefined;
}

const percent = (bytes: Uint8Array): string => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const utf16 = (bytes: Buffer): string =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString("utf16le");

/** The bytes of what was encoded as in an address of the web, "+" for a space. */
function unpercent(text: string): Buffer {
  if (!ENCODED.test(text)) throw new Error(`fakesmsc wrote what nobody can read: ${text}`);
  const spaced = text.replaceAll("+", " ");
  return Buffer.from(
    spaced.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    "latin1",
  );
}
