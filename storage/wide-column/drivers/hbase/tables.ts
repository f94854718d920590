import { type Admin, type Family, HBaseError, type TableDescription } from "../../../hbase";
import { MAX_CELL, MAX_ROW_KEY, StoreError, type TableSchema } from "../../contract";
import { GUARD, TableLayout } from "./layout";

/** Kept with a family, since it is for good: how its qualifiers are stored. */
const ORDER = "BRAID_ORDER";
const NEWEST_FIRST = "newest-first";

/** The guards of rows that nobody has touched for so long say nothing any more, unless clocks are days apart. */
const GUARD_SECONDS = 7 * 24 * 60 * 60;

/** The largest cell of the contract: its value, row key, qualifier (turned round it may be twice as long), and some bytes of trimmings. */
export const LARGEST_CELL = MAX_CELL + MAX_ROW_KEY * 3 + 1024;

/** Says FSYNC_WAL although every change says it too: so that what an admin writes into these tables is durable as well. */
const ATTRIBUTES = { DURABILITY: "FSYNC_WAL", "hbase.server.keyvalue.maxsize": String(LARGEST_CELL) };

const COMPRESSIONS = ["ZSTD", "GZ"] as const;

/** Makes the namespace, the tables and the families that are missing. What is there stays as it is. */
export async function ensureTables(
  admin: Admin,
  namespace: string,
  schemas: readonly TableSchema[],
  splits: readonly Uint8Array[],
): Promise<readonly TableLayout[]> {
  await unlessThere("NamespaceExistException", admin.createNamespace(namespace));
  return Promise.all(schemas.map((schema) => ensureTable(admin, `${namespace}:${schema.name}`, schema, splits)));
}

async function ensureTable(admin: Admin, table: string, schema: TableSchema, splits: readonly Uint8Array[]): Promise<TableLayout> {
  const before = await admin.describe(table);
  if (before === undefined) await create(admin, table, schema, splits);
  else await addFamilies(admin, before, schema);
  const found = await admin.describe(table);
  const missing = [...schema.families, GUARD].filter((family) => found?.families[family] === undefined);
  if (found === undefined || missing.length > 0) throw new StoreError("unavailable", `HBase's table ${table} has no family ${missing.join(", ")}.`);
  return new TableLayout(
    schema,
    table,
    schema.families.filter((family) => found.families[family]?.[ORDER] === NEWEST_FIRST),
  );
}

/** Compressed with ZSTD if the servers can, else with GZ, which all of them can. Two processes may try at once: the first makes it. */
async function create(admin: Admin, table: string, schema: TableSchema, splits: readonly Uint8Array[]): Promise<void> {
  for (const compression of COMPRESSIONS)
    try {
      return await unlessThere("TableExistsException", admin.createTable(table, familiesOf(schema, compression), splits, ATTRIBUTES));
    } catch (error) {
      if (compression === "GZ" || !(error instanceof HBaseError && /compression/i.test(error.message))) throw error;
    }
}

async function addFamilies(admin: Admin, { table, families, attributes }: TableDescription, schema: TableSchema): Promise<void> {
  const there = Object.entries(families).map(([name, known]): Family => ({ name, attributes: known }));
  const compression = Object.values(families).some(({ COMPRESSION }) => COMPRESSION === "GZ") ? "GZ" : "ZSTD";
  const missing = familiesOf(schema, compression).filter(({ name }) => families[name] === undefined);
  if (missing.length > 0) await admin.modifyTable(table, [...there, ...missing], attributes);
}

const familiesOf = ({ families, newestFirst = [] }: TableSchema, compression: (typeof COMPRESSIONS)[number]): Family[] => [
  ...families.map((name) => ({ name, versions: 1, compression, ...(newestFirst.includes(name) && { attributes: { [ORDER]: NEWEST_FIRST } }) })),
  { name: GUARD, versions: 1, ttlSeconds: GUARD_SECONDS, inMemory: true },
];

async function unlessThere(type: string, made: Promise<void>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof HBaseError) || error.type !== type) throw error;
  }
}
