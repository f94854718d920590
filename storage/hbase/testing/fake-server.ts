import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Cell, readCells, writeCells } from "../wire/cells";
import { FrameReader } from "../wire/frame-reader";
import { ConnectionHeader, RequestHeader, ResponseHeader } from "../wire/messages";
import { Client, type Method, Registry } from "../wire/methods";
import { Cursor, type Message, type Of, Slab, type Spec, type Values, Writer } from "../wire/protobuf";

export interface Request {
  readonly method: string;
  readonly header: Of<typeof RequestHeader>;
  readonly body: Record<string, unknown>;
  readonly cells: Cell[];
}

/** What a handler does with a request: an answer, a server's exception, nothing at all, or the end of the connection. */
export type Reaction =
  | { readonly body: Record<string, unknown>; readonly cells?: readonly Cell[] }
  | { readonly exception: string; readonly doNotRetry?: boolean; readonly stack?: string }
  | "nothing"
  | "cut";
export type Handler = (request: Request) => Reaction | Promise<Reaction>;

const METHODS = new Map<string, Method<Spec, Spec>>(
  [...Object.values(Client), ...Object.values(Registry)].map((method) => [method.name, method as unknown as Method<Spec, Spec>]),
);
const PREAMBLE = 6;

/** Speaks HBase's wire format on a port of its own, and answers what its handler says. Stands at the network's edge, in tests. */
export class FakeServer {
  /** Every request, in the order of arrival. */
  readonly requests: Request[] = [];
  /** The headers of the connections made. */
  readonly connections: Of<typeof ConnectionHeader>[] = [];
  port = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    public handler: Handler,
  ) {}

  static async start(handler: Handler): Promise<FakeServer> {
    const server = createServer();
    const fake = new FakeServer(server, handler);
    server.on("connection", (socket) => fake.accept(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    fake.port = (server.address() as AddressInfo).port;
    return fake;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  /** Ends all connections, as a server that dies does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Sends bytes that nobody asked for. */
  say(bytes: Buffer): void {
    for (const socket of this.sockets) socket.write(bytes);
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket)).on("error", () => {});
    const frames = new FrameReader();
    let greeting: Buffer | undefined = Buffer.alloc(0);
    let first = true;
    socket.on("data", (chunk) => {
      let rest: Buffer = chunk;
      if (greeting) {
        greeting = Buffer.concat([greeting, chunk]);
        if (greeting.length < PREAMBLE) return;
        rest = greeting.subarray(PREAMBLE);
        greeting = undefined;
      }
      frames.push(rest, (frame) => {
        if (first) this.connections.push(ConnectionHeader.decode(frame));
        else void this.receive(socket, frame);
        first = false;
      });
    });
  }

  private async receive(socket: Socket, frame: Buffer): Promise<void> {
    const cursor = new Cursor(frame, 0);
    const header = delimited(cursor, RequestHeader);
    const method = METHODS.get(header.method_name ?? "");
    if (!method) throw new Error(`the fake server knows no ${header.method_name}`);
    const body = delimited(cursor, method.request);
    const request = { method: method.name, header, body, cells: readCells(frame, cursor.at, frame.length) };
    this.requests.push(request);
    const reaction = await this.handler(request);
    if (reaction === "cut") socket.destroy();
    else if (reaction !== "nothing") socket.write(answer(header.call_id!, reaction, method.response));
  }
}

function delimited<S extends Spec>(cursor: Cursor, message: Message<S>): Values<S> {
  const size = cursor.number();
  const at = cursor.at;
  cursor.at += size;
  return message.decode(cursor.buffer, at, cursor.at);
}

export function answer(call_id: number, reaction: Exclude<Reaction, string>, response: Message<Spec>): Buffer {
  const writer = new Writer(new Slab());
  if ("exception" in reaction) {
    const { exception, doNotRetry = false, stack = `${exception}: said the fake server` } = reaction;
    ResponseHeader.writeDelimited(writer, { call_id, exception: { exception_class_name: exception, stack_trace: stack, do_not_retry: doNotRetry } });
  } else {
    if (reaction.cells?.length)
      writeCells(
        writer,
        reaction.cells.map((cell) => ({ row: cell.row, cells: [cell] })),
      );
    const length = writer.length;
    response.writeDelimited(writer, reaction.body);
    ResponseHeader.writeDelimited(writer, { call_id, cell_block_meta: length ? { length } : undefined });
  }
  writer.int32(writer.length);
  return writer.finish();
}
