import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buf, type HBase, increment, put, when } from "../index";
import { Bench, key, long, show, text } from "../testing/cluster";

let bench: Bench;
let table: string;
const servers: Server[] = [];

beforeAll(async () => {
  bench = await Bench.with([{ name: "f", versions: 1 }], ["m"]);
  table = bench.table;
});
afterAll(async () => {
  await bench.end();
  for (const server of servers) server.close();
});

/** A client whose connections to one server are cut after every so many answers: the request gets through, its answer does not. */
async function cutting(port: number, every: number): Promise<{ client: HBase; cuts: () => number }> {
  let answers = 0;
  let cuts = 0;
  const proxy = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) socket.on("error", () => {});
    near.pipe(far);
    far.on("data", (data) => {
      if (++answers % every !== 0) return near.write(data);
      cuts++;
      near.destroy();
      return far.destroy();
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  servers.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const near = (proxy.address() as AddressInfo).port;
  const client = bench.client({ connect: (server) => connect({ ...server, port: server.port === port ? near : server.port }) });
  return { client, cuts: () => cuts };
}

test("connections cut before the answer: increments with a nonce count once, unsafe changes say that they are unsure", async () => {
  const row = key("zlost");
  const { client, cuts } = await cutting((await bench.hbase.locate(table, row)).port, 3);
  for (let i = 0; i < 30; i++) await client.mutate(table, row, increment(["f", "n", 1n]), { safe: true });
  expect(long((await bench.hbase.get(table, row))[0])).toBe(30n);
  expect(cuts()).toBeGreaterThan(5);
  const ended: unknown[] = [];
  for (let i = 0; i < 20; i++) ended.push(await client.mutate(table, row, put(["f", "x", "y"])).catch((error) => error));
  const lost = ended.filter((one) => one instanceof Error);
  expect(lost.length).toBeGreaterThan(0);
  for (const one of lost) expect(one).toMatchObject({ kind: "unknown-outcome", type: "ConnectionLost" });
});

test("two writers on one row through cut connections: every epoch is won once", async () => {
  const row = key("zepoch");
  const { port } = await bench.hbase.locate(table, row);
  /** Moves the epoch on by one; when it is unsure whether it did, a token kept with the epoch tells. */
  const advance = async (client: HBase, epoch: number, token: string): Promise<boolean> => {
    const condition = epoch === 0 ? when.absent(row, "f", "e") : when.cell(row, "f", "e", "EQUAL", String(epoch));
    const change = [put(["f", "e", String(epoch + 1)], ["f", `t${epoch + 1}`, token])];
    const { done, unsure } = await client.mutateRow(table, row, change, { condition, safe: true });
    if (done || !unsure) return done;
    const [kept] = await client.get(table, row, { columns: [["f", `t${epoch + 1}`]] });
    return text(kept?.value) === token;
  };
  const clients = [await cutting(port, 4), await cutting(port, 5)];
  for (let epoch = 0; epoch < 40; epoch++) {
    const wins = await Promise.all(clients.map(({ client }, i) => advance(client, epoch, `w${i}`)));
    expect(wins.filter(Boolean)).toHaveLength(1);
  }
  expect(show(await bench.hbase.get(table, row, { columns: [["f", "e"]] }))).toEqual({ e: "40" });
  expect(clients[0]!.cuts() + clients[1]!.cuts()).toBeGreaterThan(10);
});

test("a call that times out; the connection goes on", async () => {
  const row = key();
  const { hbase } = bench;
  await hbase.get(table, row);
  const big = put(["f", "a", Buffer.alloc(1 << 20)]);
  const ended = await Promise.allSettled(Array.from({ length: 30 }, () => hbase.mutateRow(table, row, [big], { timeout: 30 })));
  const kinds = new Set(ended.map((one) => (one.status === "rejected" ? one.reason.kind : "done")));
  expect(kinds.has("unknown-outcome")).toBe(true);
  expect([...kinds].every((kind) => ["unknown-outcome", "deadline", "done"].includes(kind))).toBe(true);
  await hbase.mutate(table, row, put(["f", "a", "b"]));
});

test("three thousand changes at once are more than a server queues: all are made", async () => {
  const { hbase } = bench;
  const value = Buffer.alloc(1000);
  const rows = Array.from({ length: 3000 }, (_, i) => buf(`many${i}`));
  const change = (row: Buffer) => hbase.mutateRow(table, row, [put(["f", "a", value])], { condition: when.absent(row, "f", "a") });
  const ended = await Promise.all(rows.map(change));
  expect(ended.every(({ done }) => done)).toBe(true);
  const unbounded = bench.client({ inFlight: 100_000 });
  const again = await Promise.all(rows.map((row) => unbounded.mutateRow(table, row, [put(["f", "a", value])])));
  expect(again.every(({ done }) => done)).toBe(true);
});

test("a region that moves under load: nothing lost, nothing twice", async () => {
  const { hbase } = bench;
  const counters = Array.from({ length: 8 }, (_, i) => buf(`zload${i}`));
  const rows = Array.from({ length: 8 }, (_, i) => buf(`zcas${i}`));
  await hbase.mutateMany(
    table,
    rows.map((row) => ({ row, mutation: put(["f", "e", "0"]) })),
  );
  let running = true;
  const count = async (row: Buffer) => {
    let n = 0;
    for (; running; n++) await hbase.mutate(table, row, increment(["f", "n", 1n]));
    return n;
  };
  const advance = async (row: Buffer) => {
    let epoch = 0;
    for (; running; epoch++) {
      const condition = when.cell(row, "f", "e", "EQUAL", String(epoch));
      expect(await hbase.mutateRow(table, row, [put(["f", "e", String(epoch + 1)])], { condition })).toMatchObject({ done: true, unsure: false });
    }
    return epoch;
  };
  const work = [Promise.all(counters.map(count)), Promise.all(rows.map(advance))] as const;
  for (let i = 0; i < 4; i++) await bench.moveAway(counters[0]!);
  running = false;
  const [counts, epochs] = await Promise.all(work);
  expect(await Promise.all(counters.map(async (row) => Number(long((await hbase.get(table, row))[0]))))).toEqual(counts);
  expect(await Promise.all(rows.map(async (row) => show(await hbase.get(table, row)).e))).toEqual(epochs.map(String));
});
