import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { type Row, StoreError, type WideColumnStore } from "@/storage/wide-column/contract";
import { Lru } from "../platform/lru";
import { decode, encode } from "./cells";
import { ARCHIVE, digestOf, utf8 } from "./schema";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Where more CPU stops paying: see ADR 0016 for the figures. */
const QUALITY = 5;
/** Opened blocks kept in memory: going back through a thread reads each block for several pages. Larger ones, of more bytes, are opened each time. */
const REMEMBERED = 32;
const LARGE = 256_000;
const ABOUT = utf8("about");
const DATA = utf8("data");

/** What can be known of a block without opening it. `bytes` is its size when it is opened, `digest` is of those: brotli has no check of its own. */
export interface About {
  readonly first: string | number;
  readonly last: string | number;
  readonly count: number;
  readonly bytes: number;
  readonly digest: string;
}

interface Opened {
  readonly items: readonly unknown[];
  readonly bytes: number;
}

const remembered = new WeakMap<WideColumnStore, Lru<string, Promise<Opened>>>();

/** The blocks of the archive table. A block of messages never changes: its key holds a digest of them. A block of the log is named by its last
 * entry; written again it may begin earlier or later, and readers go by the positions in it. */
export class Blocks {
  readonly #opened: Lru<string, Promise<Opened>>;

  constructor(private readonly store: WideColumnStore) {
    this.#opened = remembered.get(store) ?? new Lru(REMEMBERED);
    remembered.set(store, this.#opened);
  }

  /** Resolves when the block is durable. */
  async write(key: Buffer, ends: Pick<About, "first" | "last">, items: readonly unknown[]): Promise<void> {
    const raw = encode(items);
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_SIZE_HINT } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_SIZE_HINT]: raw.length };
    const about: About = { ...ends, count: items.length, bytes: raw.length, digest: digestOf(raw) };
    await this.store.mutateRow(ARCHIVE.name, key, [
      { kind: "put", family: "block", qualifier: ABOUT, value: encode(about) },
      { kind: "put", family: "block", qualifier: DATA, value: await compress(raw, { params }) },
    ]);
  }

  /** What is in these blocks, in the order asked for. A block that is missing or damaged is `corrupt`: it never looks like an empty one. */
  async read<T>(keys: readonly Buffer[]): Promise<(readonly T[])[]> {
    const found = keys.map((key) => this.#opened.get(textOf(key)));
    const fresh = this.#open(keys.filter((_, i) => found[i] === undefined)).values();
    const opened = await Promise.all(found.map((known) => known ?? (fresh.next().value as Promise<Opened>)));
    return opened.map(({ items }) => items as readonly T[]);
  }

  /** Remembered while it is being opened: whoever asks for the same block meanwhile does not open it again. */
  #open(keys: readonly Buffer[]): Promise<Opened>[] {
    if (keys.length === 0) return [];
    const rows = this.store.getMany(ARCHIVE.name, keys, { families: ["block"] });
    return keys.map((key, i) => {
      const opening = rows.then((found) => open(key, found[i]));
      const forget = () => this.#opened.delete(textOf(key));
      this.#opened.set(textOf(key), opening);
      opening.then(({ bytes }) => bytes > LARGE && forget(), forget);
      return opening;
    });
  }

  /** What is in the blocks of a stretch of the table, block after block. */
  async *scan<T>(from: Buffer, to: Buffer): AsyncGenerator<readonly T[]> {
    for await (const row of this.store.scan(ARCHIVE.name, { from, to })) yield (await open(row.key, row)).items as readonly T[];
  }

  async keys(from: Buffer, to: Buffer): Promise<Buffer[]> {
    const keys: Buffer[] = [];
    for await (const { key } of this.store.scan(ARCHIVE.name, { from, to })) keys.push(key);
    return keys;
  }

  async remove(key: Buffer): Promise<void> {
    await this.store.mutateRow(ARCHIVE.name, key, [{ kind: "deleteFamily", family: "block" }]);
  }
}

async function open(key: Buffer, row: Row | undefined): Promise<Opened> {
  const cell = (qualifier: Buffer) => row?.families.block?.find((found) => found.qualifier.equals(qualifier))?.value;
  const [about, data] = [cell(ABOUT), cell(DATA)];
  if (about === undefined || data === undefined) throw new StoreError("corrupt", `The archive has no block ${textOf(key)}.`);
  try {
    const { bytes, digest } = decode<About>(about);
    const raw = await decompress(data, { maxOutputLength: bytes });
    if (digestOf(raw) === digest) return { items: decode<unknown[]>(raw), bytes };
  } catch (error) {
    throw new StoreError("corrupt", `Block ${textOf(key)} of the archive cannot be opened.`, { cause: error });
  }
  throw new StoreError("corrupt", `Block ${textOf(key)} of the archive is not whole.`);
}

const textOf = (key: Buffer): string => key.toString("latin1");
