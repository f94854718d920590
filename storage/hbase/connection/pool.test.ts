import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HBaseError } from "../errors";
import { FakeServer } from "../testing/fake-server";
import { ManualClock, until } from "../testing/manual-clock";
import { Registry } from "../wire/methods";
import { Pool } from "./pool";

let clock: ManualClock;
let server: FakeServer;
let pool: Pool;
let tries: number;

beforeEach(async () => {
  clock = new ManualClock();
  server = await FakeServer.start(() => ({ body: { cluster_id: "x" } }));
  tries = 0;
  const counted = (to: { host: string; port: number }) => {
    tries++;
    return connect(to);
  };
  pool = new Pool({
    clock,
    connect: counted,
    user: "u",
    cellBlocks: true,
    connectTimeout: 5000,
    inFlight: 256,
    waiting: 1000,
    silence: 5000,
    maxFrame: 1e6,
    maxCells: 1e6,
  });
});
afterEach(async () => {
  pool.close(new HBaseError("closed", "Closed", ""));
  await server.stop();
});

const take = () => pool.connection("ClientMetaService", { host: "127.0.0.1", port: server.port });
const ask = () => take().call(Registry.clusterId, {}, { deadline: clock.now() + 1000 });
const stats = () => Object.values(pool.stats())[0]!;

test("one connection for a service of a server, made again after it was cut", async () => {
  await Promise.all([ask(), ask(), ask()]);
  expect(tries).toBe(1);
  const old = take();
  server.cut();
  await until(() => old.failure !== undefined);
  await ask();
  expect(tries).toBe(2);
  expect(stats()).toEqual({ calls: 4, inFlight: 0, waiting: 0, connects: 2, failures: 1 });
});

test("a server that does not answer is tried again ever more seldom; in between calls fail at once", async () => {
  const { port } = server;
  await server.stop();
  const failed = async () => {
    const connection = pool.connection("ClientMetaService", { host: "127.0.0.1", port });
    await until(() => connection.failure !== undefined);
  };
  await failed();
  for (let i = 0; i < 100; i++) {
    await clock.advance(100);
    await failed().catch((error) => expect(error).toMatchObject({ kind: "moved", type: "ConnectFailed" }));
  }
  expect(tries).toBeGreaterThan(15); // every 500 ms at last, in 10 s
  expect(tries).toBeLessThan(30);
  server = await FakeServer.start(() => "nothing");
});

test("after closing nothing is given out", async () => {
  const call = ask();
  pool.close(new HBaseError("closed", "Closed", "by a test"));
  await expect(call).rejects.toMatchObject({ kind: "closed" });
  expect(() => take()).toThrow("by a test");
});
