import type { Column, RowMutation } from "../../contract";
import type { FamilyLayout, TableLayout } from "./layout";

export interface StoredColumn {
  readonly family: Buffer;
  readonly qualifier: Buffer;
}

export interface StoredCell extends StoredColumn {
  readonly value: Buffer;
}

/** A change of a row in the bytes that HBase will hold, timestamps aside. Shares no memory with what the caller gave. */
export interface Prepared {
  readonly key: Buffer;
  /** The row as text, with its table. */
  readonly row: string;
  readonly puts: readonly StoredCell[];
  readonly counts: readonly StoredCell[];
  readonly deletes: readonly StoredColumn[];
  readonly deletedFamilies: readonly Buffer[];
  /** What must be in the cell before; undefined is nothing. */
  readonly when: (StoredColumn & { readonly equals: Buffer | undefined }) | undefined;
  /** The change asks for a cell that it leaves alone: whoever else changes the row has to change that cell first. */
  readonly owner: boolean;
}

export function prepare(layout: TableLayout, { row, mutations, when }: RowMutation): Prepared {
  const key = Buffer.from(row);
  const [puts, counts, deletes, deletedFamilies]: [StoredCell[], StoredCell[], StoredColumn[], Buffer[]] = [[], [], [], []];
  const writers = new Map<string, ReturnType<FamilyLayout["writer"]>>();
  const stored = ({ family, qualifier }: Column, value: Uint8Array): StoredCell => {
    const place = layout.family(family);
    const write = writers.get(family) ?? place.writer(key);
    writers.set(family, write);
    return { family: place.bytes, qualifier: place.qualifier(qualifier), value: write(qualifier, value) };
  };
  const column = ({ family, qualifier }: Column): StoredColumn => ({
    family: layout.family(family).bytes,
    qualifier: layout.family(family).qualifier(qualifier),
  });
  for (const mutation of mutations) {
    if (mutation.kind === "put") puts.push(stored(mutation, mutation.value));
    else if (mutation.kind === "increment") counts.push({ ...column(mutation), value: longOf(mutation.by) });
    else if (mutation.kind === "delete") deletes.push(column(mutation));
    else deletedFamilies.push(layout.family(mutation.family).bytes);
  }
  return {
    key,
    row: layout.rowName(row),
    puts,
    counts,
    deletes,
    deletedFamilies,
    when: when && { ...column(when), equals: when.equals && stored(when, when.equals).value },
    owner: when !== undefined && !mutations.some((mutation) => touches(mutation, when)),
  };
}

const touches = (mutation: RowMutation["mutations"][number], when: Column): boolean =>
  mutation.family === when.family && (mutation.kind === "deleteFamily" || Buffer.compare(mutation.qualifier, when.qualifier) === 0);

function longOf(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
