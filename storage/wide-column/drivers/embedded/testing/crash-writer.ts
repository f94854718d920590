import { writeSync } from "node:fs";
import { EmbeddedStore } from "../index";
import { SCHEMAS, writeUntilFailure } from "./mailbox";

/**
 * The process that the crash test kills: writes rows with 32 writers, and says the number of each on stdout once it was acknowledged, by a
 * write that is in the pipe when it returns. Arguments: directory, first number.
 */
const [dir, first] = process.argv.slice(2) as [string, string];

async function main(): Promise<void> {
  const store = await EmbeddedStore.open({ dir, schemas: SCHEMAS, clock: Date.now, writeBufferBytes: 256 * 1024 });
  await writeUntilFailure(store, Number(first), 32, (id) => writeSync(1, `${id}\n`));
  process.exitCode = 1;
}

void main();
