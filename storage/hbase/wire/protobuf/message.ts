import type { AnyMessage, Field, Kind, Spec, Values } from "./fields";
import { Cursor } from "./varint";
import { Slab, Writer } from "./writer";

const DELIMITED: ReadonlySet<Kind> = new Set(["bytes", "string", "message"]);

const SCRATCH = new Slab(4096);

/** A class, so that all are of one shape: what each message is made of is read on every write. */
class Entry {
  readonly number: number;
  readonly kind: Kind;
  readonly repeated: boolean;
  readonly message: AnyMessage | undefined;
  readonly tag: number;

  constructor(
    readonly name: string,
    { number, kind, repeated, message }: Field<unknown>,
  ) {
    [this.number, this.kind, this.repeated, this.message] = [number, kind, repeated, message];
    this.tag = (number << 3) | (DELIMITED.has(kind) ? 2 : 0);
  }
}
type Plain = Record<string, unknown>;

/**
 * One message of a .proto file (proto2 wire format): encoder and decoder, driven by a table of its fields. Absent fields are undefined;
 * unknown ones are skipped. Bytes are decoded as views of the received buffer: who keeps them copies them.
 */
export class Message<S extends Spec> {
  private readonly fields: Entry[];
  private readonly byNumber: Entry[] = [];

  constructor(
    readonly name: string,
    readonly spec: S,
  ) {
    this.fields = Object.entries(spec).map(([key, field]) => new Entry(key, field));
    for (const field of this.fields) this.byNumber[field.number] = field;
    this.fields.reverse(); // written backwards, so that the order on the wire is that of the table
  }

  encode(values: Values<S>): Buffer {
    const writer = new Writer(SCRATCH);
    this.write(writer, values);
    return Buffer.from(writer.finish()); // a copy: who keeps it is not to keep what was written beside it
  }

  /** The message, and before it its length. */
  writeDelimited(writer: Writer, values: Values<S>): void {
    const end = writer.length;
    this.write(writer, values);
    writer.varint(writer.length - end);
  }

  write(writer: Writer, values: Values<S>): void {
    for (const field of this.fields) {
      const value = (values as Plain)[field.name];
      if (value === undefined) continue;
      if (!field.repeated) writeField(writer, field, value);
      else for (let i = (value as unknown[]).length - 1; i >= 0; i--) writeField(writer, field, (value as unknown[])[i]);
    }
  }

  decode(buffer: Buffer, start = 0, end = buffer.length): Values<S> {
    const cursor = new Cursor(buffer, start);
    const out: Plain = {};
    while (cursor.at < end) {
      const tag = cursor.number();
      const field = this.byNumber[tag >>> 3];
      if ((tag & 7) === 2) this.delimited(cursor, field, out, end);
      else if ((tag & 7) === 0) this.scalar(cursor, field, out);
      else this.fixed(cursor, tag & 7);
    }
    if (cursor.at > end) throw new Error(`${this.name} is cut short`);
    return out as Values<S>;
  }

  private scalar(cursor: Cursor, field: Entry | undefined, out: Plain): void {
    const value = field?.kind === "big" ? cursor.bigint() : cursor.number();
    if (field) set(out, field, field.kind === "bool" ? value !== 0 : value);
  }

  private delimited(cursor: Cursor, field: Entry | undefined, out: Plain, end: number): void {
    const size = cursor.number();
    const at = cursor.at;
    cursor.at += size;
    if (size < 0 || cursor.at > end) throw new Error(`${this.name} is cut short`);
    if (!field) return;
    const { buffer } = cursor;
    if (field.kind === "message") set(out, field, field.message!.decode(buffer, at, cursor.at));
    else if (field.kind === "bytes") set(out, field, buffer.subarray(at, cursor.at));
    else set(out, field, buffer.toString("utf8", at, cursor.at));
  }

  /** HBase's messages use no fixed32 or fixed64 that matter here: stepped over. */
  private fixed(cursor: Cursor, wireType: number): void {
    if (wireType !== 1 && wireType !== 5) throw new Error(`${this.name} has a field of wire type ${wireType}`);
    cursor.at += wireType === 1 ? 8 : 4;
  }
}

export const message = <S extends Spec>(name: string, spec: S): Message<S> => new Message(name, spec);

function set(out: Plain, { name, repeated }: Entry, value: unknown): void {
  if (!repeated) out[name] = value;
  else if (out[name]) (out[name] as unknown[]).push(value);
  else out[name] = [value];
}

function writeField(writer: Writer, field: Entry, value: unknown): void {
  switch (field.kind) {
    case "bytes":
      writer.bytes(value as Uint8Array);
      writer.varint((value as Uint8Array).length);
      break;
    case "string":
      writer.varint(writer.string(value as string));
      break;
    case "message":
      field.message!.writeDelimited(writer, value as Values<Spec>);
      break;
    case "bool":
      writer.varint(value ? 1 : 0);
      break;
    case "big":
      writer.varint64(value as bigint);
      break;
    case "int":
    case "num":
      if ((value as number) < 0) writer.varint64(BigInt(value as number));
      else writer.varint(value as number);
      break;
    default:
      field.kind satisfies never;
  }
  writer.varint(field.tag);
}
