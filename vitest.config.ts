import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

/** Tests that measure how long the event loop is kept need the machine to themselves: `QUIET=1` runs those, and only those. */
const QUIET = "**/*.quiet.test.ts";
const quiet = process.env.QUIET === "1";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: quiet ? [QUIET] : ["{app,domain,server,storage,testkit,bench,scripts}/**/*.test.{ts,tsx}"],
    exclude: quiet ? configDefaults.exclude : [...configDefaults.exclude, QUIET],
    pool: "forks",
    maxWorkers: quiet ? 1 : 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
