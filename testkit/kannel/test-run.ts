import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { kannelPrograms } from "./build";
import { KannelError } from "./error";

/**
 * `npm run test:kannel [-- path]`: builds Kannel where that was not done yet and runs the `*.kannel.test.ts`. The exit code is that of the tests;
 * 69 (EX_UNAVAILABLE of sysexits.h) when this machine lacks what Kannel needs, and nothing was tested.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const UNAVAILABLE = 69;

/**
 * A network of its own with nothing in it but the loopback: some of Kannel's programs listen on all addresses. And a tree of processes of its own, so
 * that none outlives the tests however they end.
 */
const ALONE = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", 'ip link set lo up && exec "$0" "$@"'] as const;

async function main(): Promise<number> {
  const env = { ...process.env, KANNEL: "1", KANNEL_PROGRAMS: kannelPrograms(say) };
  const tests = [process.execPath, "node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)];
  const [command = "", ...args] = canBeAlone() ? [...ALONE, ...tests] : tests;
  const [code] = await once(spawn(command, args, { env, stdio: "inherit" }), "exit");
  return typeof code === "number" ? code : 1;
}

function canBeAlone(): boolean {
  const [command, ...args] = ALONE;
  const can = spawnSync(command, [...args, "true"]).status === 0;
  if (!can) say("A network of its own needs root here: while the tests run, opensmppbox and fakesmsc's door listen on all addresses of this machine.");
  return can;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof KannelError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(error instanceof KannelError && error.fault === "missing" ? UNAVAILABLE : 1);
}
