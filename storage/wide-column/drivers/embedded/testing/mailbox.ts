import { bytesOf, type Mutation, type TableSchema, type WideColumnStore } from "../../../contract";

const MAILBOX = "mailbox";
export const SCHEMAS: readonly TableSchema[] = [{ name: MAILBOX, families: ["head", "log", "thread"] }];
const FAMILIES = ["head", "log", "thread"];

const text = (id: number, family: string) => `${family} ${id} ${"x".repeat(50 + (id % 1000))}`;

/** A row of three cells in three families, all of which tell its number. */
export const writeRow = (store: WideColumnStore, id: number) =>
  store.mutateRow(
    MAILBOX,
    bytesOf(`row ${id}`),
    FAMILIES.map((family): Mutation => ({ kind: "put", family, qualifier: bytesOf("cell"), value: bytesOf(text(id, family)) })),
  );

/** The numbers of the rows that are there whole and right, and of those that are there in part or wrong. */
export async function readRows(store: WideColumnStore): Promise<{ whole: Set<number>; torn: number[] }> {
  const found = { whole: new Set<number>(), torn: [] as number[] };
  for await (const { key, families } of store.scan(MAILBOX)) {
    const id = Number(key.toString().slice("row ".length));
    if (FAMILIES.every((family) => families[family]?.[0]?.value.toString() === text(id, family))) found.whole.add(id);
    else found.torn.push(id);
  }
  return found;
}

/** Writes rows from `first` on, `abreast` at a time, until one fails. `onAcknowledged` hears of each that is on the disk. */
export async function writeUntilFailure(store: WideColumnStore, first: number, abreast: number, onAcknowledged: (id: number) => void): Promise<void> {
  let next = first;
  const writer = async () => {
    for (;;) {
      const id = next++;
      await writeRow(store, id);
      onAcknowledged(id);
    }
  };
  await Promise.allSettled(Array.from({ length: abreast }, writer));
}
