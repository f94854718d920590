/** Opens the database in the directory given, reads once and inserts once, and says on standard output when each began and ended. */
import { writeSync } from "node:fs";
import { openDatabase } from "../server/people/db/database";

const [dataDir = "", template = ""] = process.argv.slice(2);
const { prisma, close } = await openDatabase({ dataDir, template });
const say = (word: string) => writeSync(1, `${word}\n`);

await prisma.verification.count();
say("reading");
await prisma.verification.count();
say("inserting");
await prisma.verification.create({ data: { id: "a", identifier: "a", value: "", expiresAt: new Date(0) } });
say("done");
await close();
