import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buf, del, type HBaseOptions, increment, put, when } from "../index";
import { cellOf, FakeCluster } from "../testing/fake-cluster";
import type { Request } from "../testing/fake-server";
import { ManualClock, until } from "../testing/manual-clock";
import type { MultiRequest } from "../wire/messages";
import type { Of } from "../wire/protobuf";

let cluster: FakeCluster;
const row = (name: string) => buf(name);

beforeEach(async () => {
  cluster = await FakeCluster.start({ servers: 2, splits: ["c", "m"] }); // regions 0 and 2 on the first server, 1 on the second
});
afterEach(() => cluster.stop());

/** A client that knows the regions, and the requests it makes after that. Its time stands still, unless another clock is given. */
async function ready(options: Partial<HBaseOptions> = { clock: new ManualClock() }) {
  const client = cluster.client(options);
  await client.regions("t");
  for (const server of cluster.servers) server.requests.length = 0;
  const methods = () => cluster.servers.map((server) => server.requests.map(({ method }) => method));
  return { client, methods };
}
const actions = ({ body }: Request) => ((body as Of<typeof MultiRequest>).regionAction ?? []).map(({ action = [] }) => action.length);

test("reads of one turn: one call to each server, whatever the region", async () => {
  const { client, methods } = await ready();
  const names = ["a", "b", "d", "x", "y"];
  const got = await Promise.all(names.map((name) => client.get("t", row(name))));
  expect(got.map((cells) => buf(cells[0]!.value).toString())).toEqual(names);
  expect(methods()).toEqual([["Multi"], ["Get"]]);
  expect(actions(cluster.servers[0]!.requests[0]!)).toEqual([2, 2]);
});

test("plain changes of one turn: one call for each region, as a server syncs its log for each region of a call in turn", async () => {
  const { client, methods } = await ready();
  await Promise.all(["a", "b", "x", "y", "d"].map((name) => client.mutate("t", row(name), put(["f", "q", name]))));
  await client.mutate("t", row("a"), del.column("f", "q"));
  expect(methods()).toEqual([["Multi", "Multi", "Mutate"], ["Mutate"]]);
  expect(actions(cluster.servers[0]!.requests[0]!)).toEqual([2]);
  expect(cluster.servers[0]!.requests[0]!.cells.map(({ value }) => buf(value).toString())).toEqual(["a", "b"]);
});

test("conditional, atomic and counting changes go alone", async () => {
  const { client, methods } = await ready();
  await Promise.all([
    client.mutateRow("t", row("a"), [put(["f", "q", "v"])]),
    client.mutateRow("t", row("b"), [put(["f", "q", "v"])], { condition: when.absent(row("b"), "f", "q") }),
    client.mutate("t", row("a"), put(["f", "q", "v"]), { condition: when.absent(row("a"), "f", "q") }),
    client.mutate("t", row("a"), increment(["f", "n", 1n])),
  ]);
  expect(methods()[0]!.sort()).toEqual(["Multi", "Multi", "Mutate", "Mutate"]);
});

test("long lists go in several calls, so that a server works on them side by side", async () => {
  const { client } = await ready();
  const names = Array.from({ length: 300 }, (_, i) => `a${i}`);
  const got = await client.getMany("t", names.map(row));
  expect(got.map((cells) => buf(cells[0]!.value).toString())).toEqual(names);
  expect(cluster.servers[0]!.requests.flatMap(actions)).toEqual([64, 64, 64, 64, 44]);
});

test("each gets its own failure; a failure of the region is that of all in it", async () => {
  const { client } = await ready();
  const failure = (name: string) => ({ name: `org.apache.hadoop.hbase.${name}`, value: buf(`${name}: words`) });
  cluster.regions[0]!.behave = () => ({
    body: {
      regionActionResult: [
        {
          resultOrException: [
            { index: 0, exception: failure("regionserver.NoSuchColumnFamilyException") },
            { index: 1, result: {} },
          ],
        },
        { exception: failure("DoNotRetryIOException") },
      ],
    },
  });
  const ended = await Promise.allSettled(["a", "b", "x", "y"].map((name) => client.get("t", row(name))));
  expect(ended.map((one) => (one.status === "rejected" ? one.reason.type : one.value))).toEqual([
    "NoSuchColumnFamilyException",
    [],
    "DoNotRetryIOException",
    "DoNotRetryIOException",
  ]);
});

describe("a failure inside a Multi whose class nobody knows", () => {
  const strange = { name: "com.example.SomethingNewException", value: buf("SomethingNewException: words") };
  /** So for a number of requests. Those that are tried again after pauses of their own go as single ones. */
  const fail = (times: number) => {
    let left = times;
    cluster.regions[0]!.behave = (request) => {
      if (left-- <= 0) return undefined;
      return request.method !== "Multi" ? { exception: strange.name } : { body: { regionActionResult: actions(request).map(() => ({ exception: strange })) } };
    };
  };

  test("of a change: it may have been made", async () => {
    const { client } = await ready({});
    fail(1e9);
    const change = { kind: "unknown-outcome", type: "SomethingNewException" };
    await expect(client.mutateRow("t", row("a"), [put(["f", "q", "v"])])).rejects.toMatchObject(change);
    const plain = await Promise.allSettled(["a", "b"].map((name) => client.mutate("t", row(name), put(["f", "q", "v"]))));
    expect(plain).toMatchObject([{ reason: change }, { reason: change }]);
  });

  test("of reads: they are tried again, until their deadline", async () => {
    const { client, methods } = await ready({});
    fail(2);
    const got = await client.getMany("t", ["a", "b"].map(row));
    expect(got.map((cells) => buf(cells[0]!.value).toString())).toEqual(["a", "b"]);
    fail(1e9);
    const before = methods()[0]!.length;
    await expect(client.getMany("t", ["a", "b"].map(row), { timeout: 300 })).rejects.toMatchObject({
      kind: "deadline",
      cause: { type: strange.name.slice(12) },
    });
    expect(methods()[0]!.length - before).toBeLessThan(20);
  });
});

test("what is too much for one answer is asked for again at once", async () => {
  const { client } = await ready({});
  const tooLarge = { name: "org.apache.hadoop.hbase.MultiActionResultTooLarge", value: buf("MultiActionResultTooLarge: enough") };
  cluster.regions[0]!.behave = (request) => {
    const [count = 1] = request.method === "Multi" ? actions(request) : [];
    if (count === 1) return undefined;
    const rest = Array.from({ length: count - 1 }, (_, i) => ({ index: i + 1, exception: tooLarge }));
    return {
      body: { regionActionResult: [{ resultOrException: [{ index: 0, result: { associated_cell_count: 1 } }, ...rest] }] },
      cells: [cellOf(buf("first"))],
    };
  };
  const got = await client.getMany("t", ["a1", "a2", "a3", "a4"].map(row));
  expect(got.map((cells) => buf(cells[0]!.value).toString())).toEqual(["first", "first", "first", "a4"]);
});

test("what an answer leaves out is not waited for", async () => {
  const { client } = await ready();
  cluster.regions[0]!.behave = () => ({ body: { regionActionResult: [{ resultOrException: [{ index: 0, result: {} }] }] } });
  const ended = await Promise.allSettled(["a", "b"].map((name) => client.mutate("t", row(name), put(["f", "q", "v"]))));
  expect(ended).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { kind: "unknown-outcome", type: "NoResult" } }]);
});

test("reads of a region that is slow go alone from then on", async () => {
  const { client, methods } = await ready({});
  cluster.regions[0]!.behave = () => "nothing";
  const slow = client.get("t", row("a")).catch(({ kind }) => kind);
  const started = Date.now();
  await until(() => Date.now() - started > 40);
  const slower = client.get("t", row("b")).catch(({ kind }) => kind);
  const others = await Promise.all(["x", "y"].map((name) => client.get("t", row(name))));
  expect(others.map((cells) => buf(cells[0]!.value).toString())).toEqual(["x", "y"]);
  expect(methods()[0]).toEqual(["Get", "Get", "Multi"]);
  client.close();
  expect(await Promise.all([slow, slower])).toEqual(["closed", "closed"]);
});

test("calls whose deadlines are far apart do not share one", async () => {
  const { client } = await ready({});
  cluster.regions[0]!.behave = ({ header }) => (header.timeout! < 1000 ? "nothing" : undefined);
  const hasty = client.get("t", row("a"), { timeout: 100 });
  const patient = client.get("t", row("b"), { timeout: 5000 });
  expect(buf((await patient)[0]!.value).toString()).toBe("b");
  await expect(hasty).rejects.toMatchObject({ kind: "deadline" });
});
