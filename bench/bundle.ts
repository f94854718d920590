import { basename, join } from "node:path";
import { build } from "esbuild";

/** Bundles a program of the benchmarks as `npm start` does it, because what reads TypeScript as it goes makes every function dearer. */
export async function bundle(entry: string): Promise<string> {
  const outfile = join("dist", `bench-${basename(entry, ".ts")}.js`);
  await build({ entryPoints: [entry], outfile, bundle: true, packages: "external", platform: "node", target: "node20", format: "esm", sourcemap: true });
  return outfile;
}
