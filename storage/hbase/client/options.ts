import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions as TlsOptions } from "node:tls";
import { type Clock, systemClock } from "../clock";
import type { ConnectTo } from "../connection/channel";
import { MAX_CELLS } from "../wire/cells";
import { MAX_FRAME } from "../wire/frame-reader";

export interface HBaseOptions {
  /** `host:port` of masters, region servers or both. */
  readonly seeds: readonly string[];
  /** The name that the server sees; it is not proven (SIMPLE authentication). */
  readonly user?: string;
  /** Milliseconds for a whole call, with all its look-ups, waits and retries. 60,000. */
  readonly timeout?: number;
  /** Milliseconds that one server has to answer one request. A read is then tried again; a change has an unknown outcome. 20,000. */
  readonly callTimeout?: number;
  /** Milliseconds. 5,000. */
  readonly connectTimeout?: number;
  /** Calls under way on one connection. A server queues ten calls for each of its handlers (30) and refuses more. 256. */
  readonly inFlight?: number;
  /** Calls that wait to be sent on one connection; more are refused as `overloaded`. 10,000. */
  readonly waiting?: number;
  /** Calls in the client, wherever they wait (for a region to come back, say); more are refused as `overloaded`. 20,000. */
  readonly calls?: number;
  /** Milliseconds in which a server says nothing, though it was asked, until it is taken for dead. 5,000. */
  readonly silence?: number;
  /** Bytes of a cell with its key that are sent; larger ones are refused. A table may take more than the server's 10 MB: hbase.server.keyvalue.maxsize. */
  readonly maxCell?: number;
  /** Bytes of one answer, above which it is taken for a broken one and its connection is closed. Above the servers' hbase.server.scanner.max.result.size. 128 MB. */
  readonly maxFrame?: number;
  /** Cells beside the message of one answer, above which the same happens: they are decoded in one go. 2,000,000. */
  readonly maxCells?: number;
  /** Cells beside the messages instead of inside: quicker, and only to be turned off for comparison. */
  readonly cellBlocks?: boolean;
  readonly tls?: TlsOptions;
  readonly clock?: Clock;
  /** From 0 to 1: spreads the retries. */
  readonly random?: () => number;
  /** Makes a socket, connected or on its way, of what is handed to `connect` of node:net or node:tls. */
  readonly connect?: (server: ConnectTo) => Socket;
}

export type Settings = Required<Omit<HBaseOptions, "tls">>;

export function settings({ tls, ...given }: HBaseOptions): Settings {
  return {
    user: "hbase",
    timeout: 60_000,
    callTimeout: 20_000,
    connectTimeout: 5000,
    inFlight: 256,
    waiting: 10_000,
    calls: 20_000,
    maxCell: 10 * 1024 * 1024,
    maxFrame: MAX_FRAME,
    maxCells: MAX_CELLS,
    silence: 5000,
    cellBlocks: true,
    clock: systemClock,
    random: Math.random,
    connect: (to) => (tls ? connectTls({ ...tls, ...to }) : connectTcp(to)),
    ...given,
  };
}
