/** Writes the empty database that a first start begins with: making one takes seconds and memory, copying this one neither. */
import { readMigrations } from "../server/people/db/migrate";
import { writeTemplate } from "../server/people/db/template";

const [path = "dist/people.tar"] = process.argv.slice(2);
await writeTemplate(path, readMigrations("prisma/migrations"));
