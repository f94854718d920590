import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Timestamps } from "../local/timestamps";
import { familiesIn, readCatalogue } from "./catalogue";
import { Committer } from "./committer";
import { Engine } from "./engine";
import { rethrow } from "./failures";
import type { Settings } from "./options";
import { Space } from "./space";
import { Tally } from "./tally";
import { Wal } from "./wal";

/** An open directory. */
export interface Opened {
  readonly tables: ReadonlyMap<string, number>;
  readonly committer: Committer;
  readonly tally: Tally;
  close(): Promise<void>;
}

export async function openStore(settings: Settings): Promise<Opened> {
  const { dir, schemas, disk, writeBufferBytes } = settings;
  const families = await familiesIn(dir, schemas, disk).catch(rethrow);
  const engine = await Engine.open({ dir, families, writeBufferBytes });
  try {
    await removeOldLogs(dir);
    return await assemble(settings, engine);
  } catch (error) {
    await engine.close();
    return rethrow(error);
  }
}

async function assemble(settings: Settings, engine: Engine): Promise<Opened> {
  const { dir, disk, schemas, clock, reserveBytes, onFatal, stopwatch } = settings;
  const tally = new Tally();
  const { tables, newest, added } = await catalogueOf(engine, schemas);
  if (added.length > 0) await engine.write(added);
  const wal = await Wal.open({ dir, disk, current: () => engine.walNumber(), onSync: () => tally.syncs++ });
  const space = new Space(reserveBytes, () => disk.free(dir));
  const committer = new Committer({ engine, wal, timestamps: new Timestamps(clock, newest), space, tally, onFatal, stopwatch });
  const close = async () => {
    committer.close();
    await wal.close();
    await engine.close();
  };
  return { tables, committer, tally, close };
}

async function catalogueOf(engine: Engine, schemas: Settings["schemas"]) {
  const view = engine.view();
  return readCatalogue(view, schemas).finally(() => view.release());
}

/** RocksDB leaves a file of remarks at every opening; the last few are enough. */
async function removeOldLogs(dir: string): Promise<void> {
  const old = (await readdir(dir)).filter((name) => name.startsWith("LOG.old.")).sort();
  await Promise.all(old.slice(0, -3).map((name) => rm(join(dir, name), { force: true })));
}
