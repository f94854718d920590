/** What is used of the package, which has no types of its own. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server, Socket } from "node:net";

  type Fields = Readonly<Record<string, unknown>>;
  interface Pdu {
    readonly command: string;
    readonly command_id: number;
    readonly command_status: number;
    sequence_number: number;
    readonly [field: string]: unknown;
    toBuffer(): Buffer;
    response(fields?: Fields): Pdu;
  }
  interface Session extends EventEmitter {
    readonly socket: Socket;
    /** False when the socket takes no more. */
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  }
  interface FieldType {
    read(buffer: Buffer, offset: number, length: number): unknown;
  }
  interface Param {
    type: FieldType;
    filter?: unknown;
  }
  const smpp: {
    /** Throws on bytes that are not a PDU. */
    readonly PDU: { new (frame: Buffer): Pdu; new (command: string, fields?: Fields): Pdu };
    readonly commands: Readonly<Record<string, { readonly id: number; readonly params?: Record<string, Param> }>>;
    readonly tlvs: Readonly<Record<string, Param>>;
    readonly errors: Readonly<Record<string, number>>;
    createServer(options: { readonly key?: string; readonly cert?: string }, connected: (session: Session) => void): Server;
  };
  export default smpp;
  export type { Fields, Param, Pdu, Session };
}
