import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import type { TestCase } from "vitest/node";

/** Tests that measure how long the event loop is kept need the machine to themselves: `QUIET=1` runs those, and only those. */
const QUIET = "**/*.quiet.test.ts";
/** Tests against a real HBase: `npm run test:cluster` starts one and sets `CLUSTER=1`, which runs those, and only those. */
const CLUSTER = "**/*.cluster.test.ts";
const cluster = process.env.CLUSTER === "1";
/** Tests against real Kannel: `npm run test:kannel` builds it and sets `KANNEL=1`, which runs those, and only those. */
const KANNEL = "**/*.kannel.test.ts";
const kannel = process.env.KANNEL === "1";
const only = process.env.QUIET === "1" ? QUIET : cluster ? CLUSTER : kannel ? KANNEL : undefined;

function sayIfFlaky(test: TestCase): void {
  if (test.diagnostic()?.flaky) process.stdout.write(`Passed only when tried again: ${test.module.relativeModuleId} > ${test.fullName}\n`);
}

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: only ? [only] : ["{app,domain,server,storage,testkit,bench,scripts}/**/*.test.{ts,tsx}"],
    exclude: only ? configDefaults.exclude : [...configDefaults.exclude, QUIET, CLUSTER, KANNEL],
    pool: "forks",
    maxWorkers: only ? 1 : 2,
    fileParallelism: only === undefined,
    // A machine that tests changes for others is busy at times. What passed only the second time is said at the end of `.ci/run`.
    retry: process.env.CI ? 1 : 0,
    reporters: ["default", { onTestCaseResult: sayIfFlaky }],
    testTimeout: cluster || kannel ? 300_000 : 30_000,
    hookTimeout: cluster || kannel ? 600_000 : 60_000,
  },
});
