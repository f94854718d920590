import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const freshDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), "braid-store-"));
