import type { HBaseCluster } from "@/testkit/hbase-cluster/cluster";
import { host, median } from "../host";
import { latency, throughput, writers } from "../sends";
import { cpuOf, shares, since } from "./cpu";

const PEOPLE = 64;

/** What `sends` measures on the embedded store, on HBase: the whole of Braid, and who took the CPU. */
export async function sends(cluster: HBaseCluster, { rounds, seconds }: { rounds: number; seconds: number }, say: (line: string) => void): Promise<void> {
  const server = await host({ people: PEOPLE, store: cluster.storeUrl });
  const all = await writers(server);
  await throughput(server, all, seconds);
  const [made, waits]: [{ perSecond: number; cpuMsPerMessage: number }[], { p50: number; p99: number }[]] = [[], []];
  const [before, own, asked] = [cpuOf(cluster), process.cpuUsage(), await server.ask()];
  for (let round = 0; round < rounds; round++) made.push(await throughput(server, all, seconds));
  const [after, { user, system }, answered] = [cpuOf(cluster), process.cpuUsage(own), await server.ask()];
  for (let round = 0; round < rounds; round++) waits.push(await latency(all, 100, seconds));
  const clients = { server: (answered.cpuMs - asked.cpuMs) / 1e3, "the people's devices": (user + system) / 1e6 };
  say(`the whole of Braid on HBase, ${PEOPLE} people, medians of ${rounds} rounds of ${seconds} s`);
  say(`  sends acknowledged and delivered           ${median(made.map(({ perSecond }) => perSecond)).toFixed(0)}/s`);
  say(`  server CPU a message                       ${median(made.map(({ cpuMsPerMessage }) => cpuMsPerMessage)).toFixed(2)} ms`);
  say(`  who took the CPU                           ${shares(clients, since(before, after))}`);
  say(
    `  acknowledgement at 100/s                   p50 ${median(waits.map(({ p50 }) => p50)).toFixed(1)} ms, p99 ${median(waits.map(({ p99 }) => p99)).toFixed(1)} ms`,
  );
  for (const { device } of all) device.close();
  await server.close();
}
