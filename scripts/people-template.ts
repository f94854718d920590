/** Writes the empty database that a first start begins with: making one takes seconds and much memory, copying this one neither. */
import { rmSync } from "node:fs";
import { readMigrations } from "../server/people/db/migrate";
import { writeTemplate } from "../server/people/db/template";

const [path = "dist/people"] = process.argv.slice(2);
rmSync(path, { recursive: true, force: true });
await writeTemplate(path, readMigrations("prisma/migrations"));
