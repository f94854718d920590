import type RocksDB from "rocksdb-native";
import { StoreError } from "../../contract";
import { attempt, failureOf } from "./failures";

/** A cell's place: the column family, and the key in it. */
export interface Place {
  readonly family: string;
  readonly key: Buffer;
}

export interface Stored {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** A stretch of one family: `from` inclusive, `to` exclusive, whichever way it is read. */
export interface Stretch {
  readonly family: string;
  readonly from: Buffer;
  readonly to: Buffer;
  readonly reverse: boolean;
  readonly limit: number;
}

/** Entries fetched in one go; the binding's own default of 8 costs a turn of the event loop for every 8. */
const PAGE = 1024;
/** Cells in one reading, as its first waits for its last. Who asks for more reads alone. */
const TOGETHER = 64;

interface Asked {
  readonly places: readonly Place[];
  readonly resolve: (found: (Buffer | undefined | StoreError)[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The store as it was at one moment, for as long as someone holds it: families read one after the other agree with each other. */
export class View {
  readonly #sessions = new Map<string, RocksDB>();
  readonly #asked: Asked[] = [];
  #holders = 1;

  constructor(
    private readonly snapshot: RocksDB,
    private readonly families: ReadonlyMap<string, RocksDB.ColumnFamily>,
  ) {}

  hold(): this {
    this.#holders++;
    return this;
  }

  release(): void {
    if (--this.#holders > 0) return;
    for (const session of [...this.#sessions.values(), this.snapshot]) void session.close();
  }

  async getMany(places: readonly Place[]): Promise<(Buffer | undefined)[]> {
    const found = await this.getEach(places);
    return found.map((value) => {
      if (value instanceof StoreError) throw value;
      return value;
    });
  }

  /**
   * As getMany, but a cell that cannot be read does not keep the others from being read. What is asked for in one turn of the event loop is
   * read together: to hand a read to another thread and to hear of it costs more than a read.
   */
  getEach(places: readonly Place[]): Promise<(Buffer | undefined | StoreError)[]> {
    if (places.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      if (this.#asked.push({ places, resolve, reject }) > 1) return;
      this.hold();
      setImmediate(() => this.#readAsked());
    });
  }

  async #readAsked(): Promise<void> {
    await Promise.all(inGroups(this.#asked.splice(0)).map((group) => this.#readTogether(group)));
    this.release();
  }

  async #readTogether(asked: readonly Asked[]): Promise<void> {
    try {
      const found = await this.#readPlaces(asked.flatMap(({ places }) => places));
      for (const { places, resolve } of asked) resolve(found.splice(0, places.length));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  async #readPlaces(places: readonly Place[]): Promise<(Buffer | undefined | StoreError)[]> {
    const batch = attempt(() => this.snapshot.read({ capacity: places.length, autoDestroy: true }));
    const reads = places.map(({ family, key }) => {
      batch._db = this.#session(family);
      return batch.get(key);
    });
    batch._db = this.snapshot;
    batch.tryFlush();
    const settled = await Promise.allSettled(reads);
    return settled.map((read) => (read.status === "fulfilled" ? (read.value ?? undefined) : failureOf(read.reason)));
  }

  async range(stretch: Stretch): Promise<Stored[]> {
    const found = await this.#read(stretch);
    if (stretch.reverse && found.length === 0) await this.#confirmEmpty(stretch);
    return found;
  }

  /**
   * A reverse read that begins in a damaged block finds nothing and says nothing: the binding takes an iterator that failed to seek for one
   * that is past the end. A read from the other side does fail, or finds what the first did not.
   */
  async #confirmEmpty(stretch: Stretch): Promise<void> {
    const found = await this.#read({ ...stretch, reverse: false, limit: 1 });
    if (found.length > 0) throw new StoreError("corrupt", `What is stored in family ${stretch.family} is damaged.`);
  }

  #read({ family, from, to, reverse, limit }: Stretch): Promise<Stored[]> {
    // One more than the limit: a read that comes back short is known to be the last, and saves another.
    const options = { reverse, limit, capacity: Math.min(limit + 1, PAGE) };
    const stream = attempt(() => this.#session(family).iterator({ gte: from, lt: to }, options));
    return new Promise((resolve, reject) => {
      const found: Stored[] = [];
      stream.on("data", (entry) => found.push(entry));
      stream.on("end", () => resolve(found));
      stream.on("error", (error) => reject(failureOf(error)));
    });
  }

  #session(family: string): RocksDB {
    const session = this.#sessions.get(family) ?? attempt(() => this.snapshot.session({ columnFamily: this.families.get(family)! }));
    this.#sessions.set(family, session);
    return session;
  }
}

function inGroups(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = [];
  let count = TOGETHER;
  for (const one of asked) {
    if (count + one.places.length > TOGETHER) {
      groups.push([]);
      count = 0;
    }
    groups.at(-1)?.push(one);
    count += one.places.length;
  }
  return groups;
}
