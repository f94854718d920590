import { run } from "./commands";
import { ClusterError, EXIT_CODES } from "./error";

/** `npm run cluster -- COMMAND`. Exit codes: 0 done, 1 failed or does not serve, 2 a wrong command or setting, 69 something is missing here. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  process.exitCode = await run(process.argv.slice(2), process.env, say);
} catch (error) {
  process.stderr.write(`${error instanceof ClusterError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = error instanceof ClusterError ? EXIT_CODES[error.fault] : 1;
}
