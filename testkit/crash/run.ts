import { crashRounds } from "./rounds";

/** `npm run test:crash -- [rounds] [seed]`: kill -9 under load, again and again, then a look into every mailbox. With BRAID_STORE, on that store. */
const [rounds = 30, seed = 2010] = process.argv.slice(2).map(Number);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const faults = await crashRounds({ rounds, seed, say });
  for (const fault of faults) say(`FAULT ${fault}`);
  say(`${faults.length === 0 ? rounds : 0} passed, ${faults.length} failed`);
  process.exit(faults.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
