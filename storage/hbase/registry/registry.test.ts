import { afterEach, expect, test } from "vitest";
import { HBase } from "../index";
import { FakeCluster } from "../testing/fake-cluster";
import { FakeServer } from "../testing/fake-server";
import { until } from "../testing/manual-clock";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function cluster(): Promise<FakeCluster> {
  const one = await FakeCluster.start({ servers: 2 });
  ends.push(() => one.stop());
  return one;
}
function core(seeds: string[]): HBase["core"] {
  const client = new HBase({ seeds });
  ends.push(() => client.close());
  return client.core;
}
const deadline = () => performance.now() + 10_000;

test("the first seed that answers is asked, and asked first from then on", async () => {
  const { servers } = await cluster();
  const gone = await FakeServer.start(() => "nothing");
  await gone.stop();
  const { registry, pool } = core([gone.address, servers[1]!.address, servers[0]!.address]);
  expect(await registry.activeMaster(deadline())).toEqual({ host: "127.0.0.1", port: servers[0]!.port, startCode: 1 });
  expect(await registry.clusterId(deadline())).toBe("fake");
  expect(servers.map((server) => server.count("GetActiveMaster") + server.count("GetClusterId"))).toEqual([0, 2]);
  expect(pool.stats()[`${gone.address} ClientMetaService`]?.connects).toBe(1);
});

test("a seed that hangs costs its patience once", async () => {
  const { servers } = await cluster();
  const hangs = await FakeServer.start(() => "nothing");
  ends.push(() => hangs.stop());
  const { registry } = core([hangs.address, servers[0]!.address]);
  await registry.meta(deadline());
  await registry.meta(deadline());
  expect(hangs.requests).toHaveLength(1);
});

test("when the seeds are gone, the servers that they named are asked", async () => {
  const { servers } = await cluster();
  const { registry } = core([servers[0]!.address]);
  await registry.meta(deadline());
  await until(() => servers[0]!.count("GetBootstrapNodes") === 1);
  await registry.clusterId(deadline());
  await servers[0]!.stop();
  servers[1]!.handler = () => ({ body: { cluster_id: "from the other" } });
  expect(await registry.clusterId(deadline())).toBe("from the other");
});

test("no seed answers: nothing was run, it may be tried again", async () => {
  const { servers } = await cluster();
  const { registry } = core(servers.map(({ address }) => address));
  for (const server of servers) server.handler = () => "cut";
  await expect(registry.meta(deadline())).rejects.toMatchObject({ kind: "moved", type: "NoSeedAnswers" });
});

test("no master is active; hbase:meta has no server", async () => {
  const { servers } = await cluster();
  const { registry } = core([servers[0]!.address]);
  servers[0]!.handler = () => ({ body: {} });
  await expect(registry.activeMaster(deadline())).rejects.toMatchObject({ kind: "busy", type: "MasterNotRunningException" });
  await expect(registry.meta(deadline())).rejects.toMatchObject({ kind: "moved" });
});

test.each([["no port"], [":1"], ["h:0"], ["h:70000"], ["h:x"]])("%s is no seed", (seed) => {
  expect(() => new HBase({ seeds: [seed] })).toThrow(RangeError);
});

test("at least one seed is needed, and an IPv6 address may be one", () => {
  expect(() => new HBase({ seeds: [] })).toThrow(RangeError);
  expect(() => new HBase({ seeds: ["[::1]:16000"] }).close()).not.toThrow();
});
