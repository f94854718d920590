import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, startBraid } from "../../e2e/braid";
import { seededRandom } from "../random";
import { checkMailboxes } from "./check";
import { Load, type Sent } from "./load";

export interface CrashOptions {
  readonly rounds: number;
  readonly seed: number;
  /** More for the environment of Braid, as BRAID_STORE. */
  readonly env?: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
}

/** Starts Braid, has people write, kills it in the middle, and so on; then looks into every mailbox. What is wrong, in words. */
export async function crashRounds({ rounds, seed, env = {}, say }: CrashOptions): Promise<string[]> {
  const between = betweens(seed);
  const dir = mkdtempSync(path.join(tmpdir(), "braid-crash-"));
  const [port, smtpPort] = [await freePort(), await freePort()];
  const start = () => startBraid({ dir, port, smtpPort, env });
  const sent: Sent[] = [];
  for (let round = 1; round <= rounds; round++) {
    const braid = await start();
    const load = await Load.begin(braid.url, round, sent);
    await oneIn(round, sent);
    await pause(between(200, 1_500));
    await braid.stop("SIGKILL");
    await load.end();
    const acknowledged = sent.filter(({ acknowledged }) => acknowledged).length;
    say(`round ${round}/${rounds}: ${acknowledged} acknowledged of ${sent.length} sent`);
  }
  const braid = await start();
  const faults = await checkMailboxes(braid.url, sent);
  await braid.stop();
  rmSync(dir, { recursive: true, force: true });
  return faults;
}

/** Whatever the store and the machine: a round in which nothing was acknowledged shows nothing. */
async function oneIn(round: number, sent: readonly Sent[]): Promise<void> {
  while (!sent.some(({ text, acknowledged }) => acknowledged && text.startsWith(`r${round}-`))) await pause(10);
}

function betweens(seed: number): (low: number, high: number) => number {
  const random = seededRandom(seed);
  return (low, high) => low + ((random(2)[0] as number) * 256 + (random(2)[1] as number)) * ((high - low) / 65_536);
}
