import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StoreError, type TableSchema } from "../../contract";
import type { Disk } from "./disk";
import type { Write } from "./engine";
import { tableEnd, tableStart } from "./keys";
import type { View } from "./view";

/** RocksDB's own column family, which is always there; the store keeps its notes in it, as table 0. */
const NOTES = "default";
const FORMAT = 1;
const LARGEST_TABLE = 0xfffe;

/** What the store knows of itself: the number that stands for each table in its keys, and the newest timestamp given out. */
export interface Catalogue {
  readonly tables: ReadonlyMap<string, number>;
  readonly newest: number;
  /** Notes that this opening adds. */
  readonly added: readonly Write[];
}

/**
 * The column families there ever were, with those of the schemas. RocksDB does not open a database unless all are named, and only then could
 * it be asked for them; so each is an empty file of its name, made before the family: files of two processes at once add up and cannot clash.
 */
export async function familiesIn(dir: string, schemas: readonly TableSchema[], disk: Disk): Promise<string[]> {
  const names = join(dir, "families");
  await makeDirectory(names, disk);
  const known = new Set([NOTES, ...(await readdir(names))]);
  const wanted = schemas.flatMap(({ families }) => families).filter((family) => !known.has(family));
  for (const family of new Set(wanted)) await writeFile(join(names, family), "");
  if (wanted.length > 0) await disk.syncDirectory(names);
  return [...new Set([...known, ...wanted])];
}

export async function readCatalogue(view: View, schemas: readonly TableSchema[]): Promise<Catalogue> {
  const stored = await view.range({ family: NOTES, from: tableStart(0), to: tableEnd(0), reverse: false, limit: Number.MAX_SAFE_INTEGER });
  const notes = new Map(stored.map(({ key, value }) => [key.toString("latin1", 2), value.readUIntBE(2, 6)]));
  if ((notes.get("format") ?? FORMAT) !== FORMAT) throw new StoreError("unavailable", "A later version of Braid wrote this store.");
  const tables = new Map([...notes].filter(([name]) => name.startsWith("table:")).map(([name, id]) => [name.slice("table:".length), id]));
  const added = schemas.filter(({ name }) => !tables.has(name)).map(({ name }) => addTable(tables, name));
  if (!notes.has("format")) added.push(note("format", FORMAT));
  return { tables, newest: notes.get("newest") ?? 0, added };
}

/** Goes into every commit, so that timestamps grow even when the clock was set back while the store was closed. */
export const newestNote = (newest: number): Write => note("newest", newest);

function addTable(tables: Map<string, number>, name: string): Write {
  const id = Math.max(0, ...tables.values()) + 1;
  if (id > LARGEST_TABLE) throw new StoreError("bad-request", "There are too many tables.");
  tables.set(name, id);
  return note(`table:${name}`, id);
}

function note(name: string, value: number): Write {
  const stored = Buffer.alloc(8);
  stored.writeUIntBE(value, 2, 6);
  return { kind: "put", family: NOTES, key: Buffer.concat([tableStart(0), Buffer.from(name, "latin1")]), value: stored };
}

/** A new directory is there after a power cut only when the one that names it was synced. */
async function makeDirectory(path: string, disk: Disk): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await disk.syncDirectory(dirname(made));
}
