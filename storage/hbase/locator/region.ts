import { type Bytes, buf, EMPTY } from "../wire/bytes";
import type { Cell } from "../wire/cells";
import { RegionInfo } from "../wire/messages";
import type { Of } from "../wire/protobuf";

/** A part of a table's rows, from `start` to before `end` (empty: no bound), and the server that holds it. */
export interface Region {
  readonly table: string;
  /** `table,start,id.encoded.` */
  readonly name: Buffer;
  readonly info: Of<typeof RegionInfo>;
  readonly start: Buffer;
  readonly end: Buffer;
  /** Empty while no server has it. */
  readonly host: string;
  readonly port: number;
  /** OPEN, OPENING, CLOSED, SPLITTING, ...: as hbase:meta has it. */
  readonly state: string;
}

export const META = "hbase:meta";
export const META_REGION_NAME = Buffer.from("hbase:meta,,1");
const MAGIC = 4; // "PBUF"

/** A row of hbase:meta; undefined for rows that describe no region. Copies what it keeps. */
export function regionOf(cells: readonly Cell[]): Region | undefined {
  const value = (qualifier: string) => buf(cells.find((cell) => buf(cell.qualifier).toString() === qualifier)?.value ?? EMPTY);
  const encoded = value("regioninfo");
  if (encoded.length <= MAGIC) return undefined;
  const info = RegionInfo.decode(Buffer.from(encoded.subarray(MAGIC)));
  const [host = "", port = "0"] = value("server").toString().split(":");
  return {
    table: nameOf(info.table_name ?? {}),
    name: Buffer.from(cells[0]!.row),
    info,
    start: buf(info.start_key ?? EMPTY),
    end: buf(info.end_key ?? EMPTY),
    host,
    port: Number(port),
    state: value("state").toString() || "OPEN",
  };
}

/** `namespace:table`, or the table alone in the default namespace. */
export function nameOf({ namespace = EMPTY, qualifier = EMPTY }: { namespace?: Bytes; qualifier?: Bytes }): string {
  const space = buf(namespace).toString();
  const table = buf(qualifier).toString();
  return space === "default" || space === "" ? table : `${space}:${table}`;
}

export function tableName(table: string): { namespace: Buffer; qualifier: Buffer } {
  const colon = table.indexOf(":");
  return { namespace: buf(colon < 0 ? "default" : table.slice(0, colon)), qualifier: buf(table.slice(colon + 1)) };
}

/** Whether a server has it, by what hbase:meta says. */
export const isOpen = ({ host, state, info }: Region): boolean => host !== "" && state === "OPEN" && !info.offline && !info.split;

export const byFullName = ({ name }: { name: Bytes }) => ({ type: 1, value: name });
/** By the 32 hexadecimal digits that end the name. */
export const byEncodedName = ({ name }: Region) => ({ type: 2, value: encodedName({ name }) });
export const encodedName = ({ name }: { name: Buffer }): Buffer => name.subarray(name.length - 33, name.length - 1);
