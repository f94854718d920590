import { nameOf, tableName } from "../locator/region";
import { buf } from "../wire/bytes";
import type { ColumnFamilySchema, TableSchema } from "../wire/messages";
import type { Of } from "../wire/protobuf";

export interface Family {
  readonly name: string;
  /** Versions of a cell that are kept. */
  readonly versions?: number;
  /** Cells whose timestamp is older than this vanish: so a small number as a timestamp is gone at once. */
  readonly ttlSeconds?: number;
  readonly compression?: "NONE" | "GZ" | "SNAPPY" | "LZ4" | "LZO" | "ZSTD" | "BZIP2";
  /** Blocks are kept in memory first. */
  readonly inMemory?: boolean;
  readonly blockSize?: number;
  readonly blockCache?: boolean;
  readonly bloomFilter?: "NONE" | "ROW" | "ROWCOL";
  readonly dataBlockEncoding?: "NONE" | "PREFIX" | "DIFF" | "FAST_DIFF" | "ROW_INDEX_V1";
  readonly newVersionBehavior?: boolean;
  readonly keepDeletedCells?: "TRUE" | "FALSE" | "TTL";
  /** Anything else, by HBase's name for it. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface TableDescription {
  readonly table: string;
  /** Every attribute of a family, by HBase's name for it. */
  readonly families: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly attributes: Readonly<Record<string, string>>;
}

type Pairs = NonNullable<Of<typeof TableSchema>["attributes"]>;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function tableSchema(table: string, families: readonly Family[], attributes: Attributes = {}): Of<typeof TableSchema> {
  return { table_name: tableName(table), column_families: families.map(familySchema), attributes: pairs(attributes) };
}

export function describe({ table_name = {}, column_families = [], attributes = [] }: Of<typeof TableSchema>): TableDescription {
  const families = column_families.map((family) => [buf(family.name!).toString(), record(family.attributes)] as const);
  return { table: nameOf(table_name), families: Object.fromEntries(families), attributes: record(attributes) };
}

const familySchema = (family: Family): Of<typeof ColumnFamilySchema> => ({
  name: buf(family.name),
  attributes: pairs({
    VERSIONS: family.versions,
    TTL: family.ttlSeconds,
    COMPRESSION: family.compression,
    IN_MEMORY: family.inMemory,
    BLOCKSIZE: family.blockSize,
    BLOCKCACHE: family.blockCache,
    BLOOMFILTER: family.bloomFilter,
    DATA_BLOCK_ENCODING: family.dataBlockEncoding,
    NEW_VERSION_BEHAVIOR: family.newVersionBehavior,
    KEEP_DELETED_CELLS: family.keepDeletedCells,
    ...family.attributes,
  }),
});

function pairs(attributes: Attributes): Pairs {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => ({ first: buf(name), second: buf(String(value)) }));
}

const record = (list: Pairs = []): Record<string, string> =>
  Object.fromEntries(list.map(({ first, second }) => [buf(first!).toString(), buf(second!).toString()]));
