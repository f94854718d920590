import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort, startBraid } from "../../e2e/braid";
import { seededRandom } from "../random";
import { checkMailboxes } from "./check";
import { Load, type Sent } from "./load";

/** `npm run test:crash -- [rounds] [seed]`: kill -9 under load, again and again, then a look into every mailbox. */
const [rounds = 30, seed = 2010] = process.argv.slice(2).map(Number);
const random = seededRandom(seed);
const between = (low: number, high: number): number => low + ((random(2)[0] as number) * 256 + (random(2)[1] as number)) * ((high - low) / 65_536);

async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "braid-crash-"));
  const [port, smtpPort] = [await freePort(), await freePort()];
  const start = () => startBraid({ dir, port, smtpPort });
  const sent: Sent[] = [];
  for (let round = 1; round <= rounds; round++) {
    const braid = await start();
    const load = await Load.begin(braid.url, round, sent);
    await new Promise((resolve) => setTimeout(resolve, between(200, 1_500)));
    await braid.stop("SIGKILL");
    await load.end();
    const acknowledged = sent.filter(({ acknowledged }) => acknowledged).length;
    process.stdout.write(`round ${round}/${rounds}: ${acknowledged} acknowledged of ${sent.length} sent\n`);
  }
  const braid = await start();
  const faults = await checkMailboxes(braid.url, sent);
  await braid.stop();
  rmSync(dir, { recursive: true, force: true });
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  process.stdout.write(`${faults.length === 0 ? rounds : 0} passed, ${faults.length === 0 ? 0 : faults.length} failed\n`);
  process.exit(faults.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
