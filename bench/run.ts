import { ClusterError, EXIT_CODES } from "@/testkit/hbase-cluster/error";
import { hbase } from "./hbase";
import { host, median } from "./host";
import { opening } from "./opening";
import { rawSyncs } from "./raw";
import { latency, throughput, writers } from "./sends";
import { sms } from "./sms";
import { smsQueue } from "./sms-queue";
import { startup } from "./startup";

/**
 * `npm run bench [sends|opening|sms|startup]`: the budgets of Braid, medians of interleaved runs, each beside the floor measured in the same run.
 * `npm run bench -- sms-queue`: a million texts that wait, for which it takes some minutes to write them.
 * `npm run bench -- hbase [changes|memory|inbox|sends]`: those of HBase, only when asked for, since it starts a cluster.
 */
const ROUNDS = 3;
const only = process.argv[2];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function benchSends(): Promise<void> {
  const server = await host();
  const all = await writers(server);
  await throughput(server, all, 2);
  const [floors, rounds, waits]: [number[], Awaited<ReturnType<typeof throughput>>[], { p50: number; p99: number }[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    floors.push(rawSyncs(600, 1));
    rounds.push(await throughput(server, all, 4));
    waits.push(await latency(all, 200, 4));
  }
  const of = (read: (round: (typeof rounds)[number]) => number): number => median(rounds.map(read));
  const floor = median(floors);
  say(`raw append + fdatasync, one writer          ${floor.toFixed(0)}/s`);
  say(
    `sends acknowledged and delivered, 64 people  ${of(({ perSecond }) => perSecond).toFixed(0)}/s (${(of(({ perSecond }) => perSecond) / floor).toFixed(2)} of the floor; budget 1000/s)`,
  );
  say(`  server CPU a message                       ${of(({ cpuMsPerMessage }) => cpuMsPerMessage).toFixed(2)} ms`);
  say(`  row mutations a message                    ${of(({ mutationsPerMessage }) => mutationsPerMessage).toFixed(2)}`);
  say(`  row mutations a sync                       ${of(({ mutationsPerSync }) => mutationsPerSync).toFixed(1)}`);
  say(`  syncs a commit                             ${of(({ syncsPerCommit }) => syncsPerCommit).toFixed(2)} (budget 1)`);
  say(
    `acknowledgement at 200/s                     p50 ${median(waits.map(({ p50 }) => p50)).toFixed(1)} ms, p99 ${median(waits.map(({ p99 }) => p99)).toFixed(1)} ms (budget 15 and 80)`,
  );
  for (const { device } of all) device.close();
  await server.close();
}

/** A machine that lacks something, Java say, hears of it in a sentence. */
async function benchHBase(parts: readonly string[]): Promise<void> {
  try {
    await hbase(say, parts);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CODES[error.fault]);
  }
}

if (only === undefined || only === "sends") await benchSends();
if (only === undefined || only === "opening") for (const line of await opening()) say(line);
if (only === undefined || only === "sms") for (const line of await sms()) say(line);
if (only === undefined || only === "startup") for (const line of await startup()) say(line);
if (only === "sms-queue") for (const line of await smsQueue()) say(line);
if (only === "hbase") await benchHBase(process.argv.slice(3));
process.exit(0);
