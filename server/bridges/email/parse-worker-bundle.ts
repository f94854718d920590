import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * Bundles the worker's file when Braid runs from its source (tests, development): neither vitest's nor tsx's way of loading TypeScript
 * reaches into a worker thread. The program itself uses the file that was bundled beside it.
 */
export async function bundleParseWorker(directory?: string): Promise<URL> {
  const outfile = join(directory ?? (await mkdtemp(join(tmpdir(), "braid-worker-"))), "parse-worker.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./parse-worker.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Packages in the CommonJS form call require; re2 is an optional part of email-reply-parser that we do without.
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
    external: ["re2"],
    logLevel: "error",
  });
  return pathToFileURL(outfile);
}
