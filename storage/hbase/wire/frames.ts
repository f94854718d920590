import { type HBaseError, remoteError } from "../errors";
import { type Cell, type RowOfCells, readCells, writeCells } from "./cells";
import { ConnectionHeader, RequestHeader, ResponseHeader } from "./messages";
import type { Method, Service } from "./methods";
import { Cursor, type Message, type Of, Slab, type Spec, type Values, Writer } from "./protobuf";

export interface Reply<O> {
  readonly body: O;
  readonly cells: Cell[];
}

export interface CallHeader {
  readonly id: number;
  /** Milliseconds after which nobody waits for the answer: the server drops a call that waited longer in its queue. */
  readonly timeout: number;
  readonly priority?: number;
}

const CODEC = "org.apache.hadoop.hbase.codec.KeyValueCodec";
const SIMPLE = 80; // how to authenticate: not at all
const VERSION = { version: "2.6.0", url: "", revision: "", user: "", date: "", src_checksum: "", version_major: 2, version_minor: 6 };

/** What a client says first: "HBas", the RPC version, how it authenticates, and for which service and user it comes. */
export function preamble(service: Service, user: string, cellBlocks: boolean): Buffer {
  const header = ConnectionHeader.encode({
    user_info: { effective_user: user },
    service_name: service,
    cell_block_codec_class: cellBlocks ? CODEC : undefined,
    version_info: VERSION,
  });
  const out = Buffer.alloc(10 + header.length);
  out.write("HBas");
  out[5] = SIMPLE;
  out.writeInt32BE(header.length, 6);
  out.set(header, 10);
  return out;
}

/** One frame: its length, the header, the request, the cells. Written backwards, thus from the cells to the length. */
export function requestFrame<I extends Spec, O extends Spec>(
  method: Method<I, O>,
  request: Values<I>,
  cells: readonly RowOfCells[] | undefined,
  { id, timeout, priority }: CallHeader,
  slab = new Slab(),
): Buffer {
  const writer = new Writer(slab);
  if (cells?.length) writeCells(writer, cells);
  const block = writer.length;
  method.request.writeDelimited(writer, request);
  RequestHeader.writeDelimited(writer, {
    call_id: id,
    method_name: method.name,
    request_param: true,
    cell_block_meta: block ? { length: block } : undefined,
    priority,
    timeout,
  });
  writer.int32(writer.length);
  return writer.finish();
}

/** The head of an answer; its rest is decoded once it is known which call it answers. */
export class Answer {
  /** -1 is the server's refusal of the connection. */
  readonly id: number;
  readonly error: HBaseError | undefined;
  /** Bytes of cells behind the message. */
  private readonly block: number | undefined;

  constructor(
    header: Of<typeof ResponseHeader>,
    private readonly rest: Cursor,
    private readonly maxCells: number | undefined,
  ) {
    this.id = (header.call_id ?? 0) | 0;
    this.error = header.exception && exceptionOf(header.exception);
    this.block = header.cell_block_meta?.length;
  }

  read<O extends Spec>(response: Message<O>): Reply<Values<O>> {
    const { rest, block } = this;
    const length = rest.number();
    const end = rest.at + length;
    const body = response.decode(rest.buffer, rest.at, end);
    return { body, cells: block === undefined ? [] : readCells(rest.buffer, end, end + block, this.maxCells) };
  }
}

export function readAnswer(frame: Buffer, maxCells?: number): Answer {
  const cursor = new Cursor(frame, 0);
  const size = cursor.number();
  const header = ResponseHeader.decode(frame, cursor.at, cursor.at + size);
  cursor.at += size;
  return new Answer(header, cursor, maxCells);
}

function exceptionOf(exception: NonNullable<Of<typeof ResponseHeader>["exception"]>): HBaseError {
  const { exception_class_name = "IOException", stack_trace = "", do_not_retry = false, server_overloaded } = exception;
  return remoteError(exception_class_name, stack_trace, do_not_retry, { serverOverloaded: server_overloaded });
}
