import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buf, increment, put, when } from "../index";
import { cellOf, FakeCluster } from "../testing/fake-cluster";
import type { Reaction } from "../testing/fake-server";
import { ManualClock, until } from "../testing/manual-clock";
import { heldBytes } from "../testing/memory";

const EXCEPTION = "org.apache.hadoop.hbase";
const moved: Reaction = { exception: `${EXCEPTION}.NotServingRegionException` };
let cluster: FakeCluster;

beforeEach(async () => {
  cluster = await FakeCluster.start({ servers: 2, splits: ["m"] });
});
afterEach(() => cluster.stop());

const row = (name: string) => buf(name);
/** Answers so for the first `times` requests of a region. */
function first(times: number, reaction: Reaction, region = cluster.regions[0]!): void {
  let left = times;
  region.behave = () => (left-- > 0 ? reaction : undefined);
}
const values = async (rows: string[], client = cluster.client()) =>
  (await Promise.all(rows.map((name) => client.get("t", row(name))))).map((cells) => buf(cells[0]!.value).toString());

describe("a region that is elsewhere", () => {
  test("is looked up again, and the call is made there", async () => {
    const client = cluster.client();
    expect(await values(["a", "z"], client)).toEqual(["a", "z"]);
    cluster.regions[0]!.server = cluster.servers[1]!;
    expect(await values(["a", "b"], client)).toEqual(["a", "b"]);
    expect(client.stats().retries).toBeGreaterThan(0);
  });

  test("after a split, and after a merge", async () => {
    const client = cluster.client();
    await values(["a", "h", "z"], client);
    cluster.regions = [cluster.region("", "g", 0), cluster.region("g", "m", 1), cluster.regions[1]!];
    expect(await values(["a", "h", "z"], client)).toEqual(["a", "h", "z"]);
    cluster.regions = [cluster.region("", "", 1)];
    expect(await values(["a", "h", "z"], client)).toEqual(["a", "h", "z"]);
  });

  test("a server that is gone is left for where its regions are now", async () => {
    const client = cluster.client();
    await values(["a", "z"], client);
    await cluster.servers[1]!.stop();
    cluster.regions[1]!.server = cluster.servers[0]!;
    expect(await values(["z", "y"], client)).toEqual(["z", "y"]);
  });

  test("while it is on its way it is waited for, and hbase:meta is not asked for every call", async () => {
    const client = cluster.client();
    await values(["a"], client);
    cluster.regions[0]!.state = "OPENING";
    first(1e9, moved);
    const before = client.stats().lookups;
    const started = Date.now();
    const calls = values(
      Array.from({ length: 500 }, (_, i) => `a${i}`),
      client,
    );
    await until(() => Date.now() - started > 500);
    cluster.regions[0]!.state = "OPEN";
    first(0, moved);
    expect((await calls).length).toBe(500);
    expect(client.stats().lookups - before).toBeLessThan((Date.now() - started) / 100 + 2);
  });
});

describe("look-ups", () => {
  test("are shared by all who need the region", async () => {
    const client = cluster.client();
    const names = Array.from({ length: 400 }, (_, i) => `${i % 2 ? "a" : "z"}${i}`);
    expect(await values(names, client)).toEqual(names);
    expect(client.stats().lookups).toBe(2);
    expect(cluster.count("GetMetaRegionLocations")).toBe(1);
  });

  test("a table that is not there; a disabled one", async () => {
    const client = cluster.client();
    await expect(client.get("u", row("a"))).rejects.toMatchObject({ kind: "refused", type: "TableNotFoundException" });
    cluster.disabled = true;
    cluster.regions[0]!.state = "CLOSED";
    await expect(client.get("t", row("a"))).rejects.toMatchObject({ kind: "refused", type: "TableNotEnabledException" });
  });

  test.each([false, true])("a hole between two regions (backwards: %s) is not asked about again without a pause", async (reversed) => {
    cluster.regions = [cluster.region("", "g", 0), cluster.region("m", "", 1)];
    const clock = new ManualClock();
    const client = cluster.client({ clock });
    const rows = client.scan("t", { start: row(reversed ? "m" : "h"), includeStart: !reversed, reversed });
    const ended = rows.next().catch(({ kind }) => kind);
    await until(() => client.stats().retries === 1);
    expect(client.stats().lookups).toBe(1);
    client.close();
    await clock.advance(100);
    expect(await ended).toBe("closed");
  });

  test("one that hangs ends with the deadline of each caller", async () => {
    cluster.meta = () => "nothing";
    const client = cluster.client();
    const started = Date.now();
    const calls = [100, 200].map((timeout) => client.mutate("t", row("a"), put(["f", "q", "v"]), { timeout }));
    const ended = await Promise.allSettled(calls);
    expect(ended.map((one) => (one as PromiseRejectedResult).reason.kind)).toEqual(["deadline", "deadline"]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(195);
  });
});

describe("a server that is busy", () => {
  test.each(["CallQueueTooBigException", "RegionTooBusyException"])("%s: waited for, even by a change that must not run twice", async (name) => {
    first(3, { exception: `${EXCEPTION}.${name}` });
    const client = cluster.client();
    expect(await client.mutate("t", row("a"), put(["f", "q", "v"]))).toMatchObject({ done: true, unsure: false });
    expect(client.stats().retries).toBe(3);
    expect(client.stats().lookups).toBe(1);
  });

  test("for too long: the deadline, with the last failure as its cause", async () => {
    first(1e9, { exception: `${EXCEPTION}.RegionTooBusyException` });
    const call = cluster.client().get("t", row("a"), { timeout: 1000 });
    await expect(call).rejects.toMatchObject({ kind: "deadline", cause: { type: "RegionTooBusyException" } });
  });
});

describe("an outcome that is unknown", () => {
  const change = (options = {}, settings = {}) =>
    cluster.client(settings).mutateRow("t", row("a"), [put(["f", "q", "v"])], { condition: when.absent(row("a"), "f", "q"), ...options });

  test("goes to the caller", async () => {
    first(1, "cut");
    await expect(change()).rejects.toMatchObject({ kind: "unknown-outcome", type: "ConnectionLost" });
    first(1, { exception: "java.io.IOException" });
    await expect(change()).rejects.toMatchObject({ kind: "unknown-outcome", type: "IOException" });
    first(1e9, "nothing");
    await expect(change({}, { callTimeout: 100 })).rejects.toMatchObject({ kind: "unknown-outcome", type: "CallTimeout" });
  });

  test("of a safe change: tried again, and the answer says that it was", async () => {
    first(1, "cut");
    expect(await change({ safe: true })).toMatchObject({ done: true, unsure: true });
    expect(await change({ safe: true })).toMatchObject({ done: true, unsure: false });
  });

  test("stays unknown, whatever comes after it", async () => {
    const later: Reaction[] = ["cut", { exception: `${EXCEPTION}.NoSuchColumnFamilyException`, doNotRetry: true }];
    cluster.regions[0]!.behave = () => later.shift();
    await expect(change({ safe: true })).rejects.toMatchObject({ kind: "unknown-outcome", cause: { type: "NoSuchColumnFamilyException" } });
    const busy: Reaction[] = ["cut"];
    cluster.regions[0]!.behave = () => busy.shift() ?? { exception: `${EXCEPTION}.RegionTooBusyException` };
    await expect(change({ safe: true, timeout: 1500 })).rejects.toMatchObject({ kind: "unknown-outcome" });
  });

  test("of a read: no harm, it is read again", async () => {
    first(2, "cut");
    expect(await values(["a"])).toEqual(["a"]);
  });

  test("an answer with too many cells: it would be the same again", async () => {
    const client = cluster.client({ maxCells: 10 });
    cluster.regions[0]!.behave = () => ({ body: { result: { associated_cell_count: 11 } }, cells: Array.from({ length: 11 }, () => cellOf(row("a"))) });
    await expect(client.get("t", row("a"))).rejects.toMatchObject({ kind: "refused", type: "AnswerTooLarge" });
    expect(cluster.count("Get")).toBe(1);
    await expect(client.mutate("t", row("a"), increment(["f", "n", 1n]))).rejects.toMatchObject({ kind: "unknown-outcome" });
  });

  test("a refusal is not tried again", async () => {
    first(1, { exception: `${EXCEPTION}.NoSuchColumnFamilyException`, doNotRetry: true });
    const client = cluster.client();
    await expect(client.get("t", row("a"))).rejects.toMatchObject({ kind: "refused" });
    expect(client.stats().retries).toBe(0);
  });
});

describe("bounds", () => {
  test("more calls than the client takes are refused at once; the others go on", async () => {
    first(1e9, moved);
    const client = cluster.client({ calls: 10 });
    const waiting = Array.from({ length: 10 }, () => client.get("t", row("a"), { timeout: 20_000 }));
    await expect(client.get("t", row("a"))).rejects.toMatchObject({ kind: "overloaded" });
    expect(client.stats().active).toBe(10);
    first(0, moved);
    await Promise.all(waiting);
    expect(client.stats().active).toBe(0);
  });

  test("a region that does not answer, and a server that does not, hold nobody else back", async () => {
    const client = cluster.client({ inFlight: 32, callTimeout: 60_000 });
    cluster.regions = [cluster.region("", "c", 0), cluster.region("c", "m", 0), cluster.region("m", "", 1)];
    await values(["a", "d", "z"], client);
    first(1e9, "nothing", cluster.regions[0]!);
    first(1e9, "nothing", cluster.regions[2]!);
    const change = (name: string) => client.mutateRow("t", row(name), [put(["f", "q", "v"])], { condition: when.absent(row(name), "f", "q") });
    const stuck = ["a", "z"].flatMap((name) => Array.from({ length: 300 }, () => change(name).catch(({ kind }) => kind)));
    await Promise.all(Array.from({ length: 100 }, () => change("d")));
    client.close();
    expect(new Set(await Promise.all(stuck))).toEqual(new Set(["unknown-outcome", "closed"]));
  });

  test("ten thousand calls that wait take little memory each", async () => {
    first(1e9, "nothing");
    const client = cluster.client();
    await values(["z"], client);
    const before = heldBytes();
    const value = Buffer.alloc(1024);
    const calls = Array.from({ length: 10_000 }, (_, i) =>
      client.mutateRow("t", row(`a${i}`), [put(["f", "q", value])], { condition: when.absent(row("a"), "f", "q") }).catch(({ kind }) => kind),
    );
    await until(() => client.stats().servers[`${cluster.servers[0]!.address} ClientService`]!.waiting > 9000);
    expect((heldBytes() - before) / calls.length).toBeLessThan(6 * 1024); // one copy of what is sent is the caller's
    client.close();
    await Promise.all(calls);
  }, 120_000);

  test("after closing every call is refused", async () => {
    const client = cluster.client();
    await values(["a"], client);
    client.close();
    await expect(client.get("t", row("a"))).rejects.toMatchObject({ kind: "closed" });
  });
});
