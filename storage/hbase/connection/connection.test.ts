import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cellOf } from "../testing/fake-cluster";
import { FakeServer, type Handler, type Reaction } from "../testing/fake-server";
import { ManualClock, turn, until } from "../testing/manual-clock";
import { buf } from "../wire/bytes";
import { Client } from "../wire/methods";
import { Connection, type ConnectionOptions } from "./connection";

const SECOND = 1000;
let clock: ManualClock;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  clock = new ManualClock();
  server = await FakeServer.start(() => ({ body: {} }));
});
afterEach(async () => {
  connection?.fail("end of the test");
  await server.stop();
});

function open(options: Partial<ConnectionOptions> = {}): Connection {
  const all = {
    clock,
    connect,
    user: "ann",
    cellBlocks: true,
    connectTimeout: 5 * SECOND,
    inFlight: 256,
    waiting: 1000,
    silence: 5 * SECOND,
    maxFrame: 1e6,
    maxCells: 1e6,
    ...options,
  };
  connection = new Connection({ host: "127.0.0.1", port: server.port }, "ClientService", all);
  return connection;
}

const get = (row: string, options: { deadline?: number; answerWithin?: number; group?: object } = {}) =>
  connection.call(Client.get, { region: { type: 1, value: buf("r") }, get: { row: buf(row) } }, { deadline: clock.now() + 60 * SECOND, ...options });
/** How a call ended, without waiting for it here. */
const kindOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    ({ kind, type }) => `${kind} ${type}`,
  );
const rowOf = ({ body }: Parameters<Handler>[0]) => buf((body.get as { row: Buffer }).row).toString();

test("says who it is, and for which service", async () => {
  open();
  await get("a");
  expect(server.connections).toMatchObject([{ service_name: "ClientService", user_info: { effective_user: "ann" } }]);
});

test("calls are pipelined and answered in any order", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  server.handler = async (request) => {
    if (rowOf(request) === "slow") await held;
    return { body: {} };
  };
  open();
  const order: string[] = [];
  const slow = get("slow").then(() => order.push("slow"));
  await Promise.all(["b", "c"].map((row) => get(row).then(() => order.push(row))));
  release();
  await slow;
  expect(order).toEqual(["b", "c", "slow"]);
  expect([connection.inFlight, connection.waiting, connection.count]).toEqual([0, 0, 3]);
});

describe("rests", () => {
  let held: (() => void)[];
  let done: number;
  /** Calls that wait: `answer` lets them go on. */
  const ask = (count: number): Promise<unknown>[] => Array.from({ length: count }, (_, i) => kindOf(get(String(i), { group: { i } })).finally(() => done++));
  const answer = (count: number): void => {
    for (const one of held.splice(0, count)) one();
  };
  /** Many calls have waited for long, and thirty of them were answered one after the other. */
  const slowServer = async (reaction: Reaction = { body: {} }): Promise<Promise<unknown>[]> => {
    [held, done] = [[], 0];
    server.handler = () => new Promise((resolve) => held.push(() => resolve(reaction)));
    open();
    const calls = ask(130);
    await until(() => held.length === 130);
    await clock.advance(400);
    for (let answered = 1; answered <= 30; answered++) {
      answer(1);
      while (done < answered) await clock.advance(16);
    }
    await clock.advance(16);
    return calls;
  };

  test("while many calls wait for slow answers it rests after a reading, and reads again", async () => {
    const calls = await slowServer();
    answer(1);
    await until(() => done === 31);
    answer(50);
    for (let i = 0; i < 20; i++) await turn();
    expect(done).toBe(31);
    while (done < 81) await clock.advance(16);
    answer(49);
    while (done < 130) await clock.advance(16);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["done"]));
  });

  test("not after a part of a long answer", async () => {
    await slowServer({ body: {}, cells: [cellOf(Buffer.from("row"), Buffer.alloc(300_000))] });
    const before = clock.now();
    answer(100);
    while (done < 130) await clock.advance(1);
    expect(clock.now() - before).toBeLessThan(1_000); // of 480 readings
  });

  test("one that is closed while it rests says so", async () => {
    const calls = await slowServer();
    answer(1);
    await until(() => done === 31);
    server.cut();
    await clock.advance(16);
    expect((await Promise.all(calls)).slice(31)).toEqual(Array(99).fill("unknown-outcome ConnectionLost"));
  });
});

test("the server learns how long the caller waits", async () => {
  open();
  await get("a", { deadline: clock.now() + 1234 });
  await get("b", { answerWithin: 77 });
  expect(server.requests.map(({ header }) => header.timeout)).toEqual([1234, 77]);
});

describe("bounds", () => {
  test("so many under way, so many waiting, and the next is refused at once", async () => {
    server.handler = () => "nothing";
    open({ inFlight: 4, waiting: 10 });
    const calls = Array.from({ length: 14 }, (_, i) => kindOf(get(String(i), { group: { i } })));
    expect(await kindOf(get("one more", { group: {} }))).toBe("overloaded ClientOverloaded");
    await until(() => server.requests.length === 4);
    expect([connection.inFlight, connection.waiting]).toEqual([4, 10]);
    connection.fail("enough");
    expect(await Promise.all(calls)).toEqual([...Array(4).fill("unknown-outcome ConnectionLost"), ...Array(10).fill("moved ConnectionLost")]);
  });

  test("those that wait are sent as answers come", async () => {
    open({ inFlight: 2, waiting: 1000 });
    const group = {};
    await Promise.all(Array.from({ length: 500 }, (_, i) => get(String(i), { group })));
    expect(server.requests.map(rowOf)).toEqual(Array.from({ length: 500 }, (_, i) => String(i)));
  });

  test("a group whose calls get no answer leaves room for the others", async () => {
    server.handler = (request) => (rowOf(request) === "stuck" ? "nothing" : { body: {} });
    open({ inFlight: 16 });
    const stuck = {};
    for (let i = 0; i < 100; i++) get("stuck", { group: stuck }).catch(() => {});
    const other = {};
    await Promise.all(Array.from({ length: 50 }, () => get("other", { group: other })));
    expect(connection.inFlight).toBe(12);
  });
});

describe("deadlines", () => {
  test("of a call that was sent: it may have run", async () => {
    server.handler = () => "nothing";
    open();
    const call = kindOf(get("a", { deadline: clock.now() + SECOND }));
    await until(() => server.requests.length === 1);
    await clock.advance(SECOND + 20);
    expect(await call).toBe("unknown-outcome CallTimeout");
    expect(connection.failure).toBeUndefined();
  });

  test("of a call that waits for its turn: it was not run", async () => {
    server.handler = () => "nothing";
    open({ inFlight: 1 });
    get("first").catch(() => {});
    const call = kindOf(get("second", { deadline: clock.now() + SECOND, group: {} }));
    await clock.advance(SECOND + 20);
    expect(await call).toBe("deadline CallTimeout");
  });

  test("an answer that comes too late is nobody's", async () => {
    let answerNow = () => {};
    server.handler = (request) => (rowOf(request) === "late" ? new Promise((resolve) => (answerNow = () => resolve({ body: {} }))) : { body: {} });
    open();
    const call = kindOf(get("late", { answerWithin: 100 }));
    await until(() => server.requests.length === 1);
    await clock.advance(200);
    answerNow();
    await get("next");
    expect(await call).toBe("unknown-outcome CallTimeout");
  });
});

describe("ends", () => {
  test("nobody listens: not run", async () => {
    await server.stop();
    open();
    expect(await kindOf(get("a"))).toBe("moved ConnectFailed");
    server = await FakeServer.start(() => "nothing");
  });

  test("connecting takes too long: not run", async () => {
    open({ connect: () => connect({ port: server.port, host: "looked.up.for.ever", lookup: () => {} }) });
    const call = kindOf(get("a"));
    await clock.advance(5 * SECOND);
    expect(await call).toBe("moved ConnectFailed");
  });

  test("cut under way: may have run; and no call is taken any more", async () => {
    server.handler = () => "cut";
    open();
    expect(await kindOf(get("a"))).toBe("unknown-outcome ConnectionLost");
    expect(await kindOf(get("b"))).toBe("moved ConnectionLost");
  });

  test.each([
    ["bytes", { maxFrame: 100 }, "ConnectionLost"],
    ["cells", { maxCells: 9 }, "AnswerTooLarge"],
  ])("an answer of more %s than there may be", async (_, options, type) => {
    const cells = Array.from({ length: 10 }, () => cellOf(buf("a")));
    server.handler = () => ({ body: { result: { associated_cell_count: 10 } }, cells });
    open(options);
    expect(await kindOf(get("a"))).toBe(`unknown-outcome ${type}`);
    expect(connection.failure!.message).toMatch(/cannot be read/);
  });

  test("bytes that are no answer", async () => {
    open();
    await get("a");
    server.handler = () => "nothing";
    const call = kindOf(get("b"));
    await until(() => server.requests.length === 2);
    server.say(Buffer.from("ffffffffffff", "hex"));
    expect(await call).toBe("unknown-outcome ConnectionLost");
    expect(connection.failure!.message).toMatch(/cannot be read/);
  });
});

describe("silence", () => {
  const wait = async (seconds: number) => {
    for (let i = 0; i < seconds * 10; i++) await clock.advance(100);
  };

  test("a server that hangs is asked, says nothing and is given up", async () => {
    server.handler = () => "nothing";
    open();
    const call = kindOf(get("a"));
    await wait(3);
    await until(() => server.requests.length === 2);
    expect(server.requests[1]!.header.priority).toBe(200);
    expect(connection.failure).toBeUndefined();
    await wait(3);
    expect(await call).toBe("unknown-outcome ConnectionLost");
    expect(connection.failure!.message).toMatch(/silent/);
  });

  test("a server that is slow but answers the question keeps its calls", async () => {
    server.handler = ({ header }) => (header.priority === 200 ? { exception: "x.NotServingRegionException" } : "nothing");
    open();
    get("a").catch(() => {});
    await until(() => server.requests.length === 1);
    for (let i = 0; i < 10; i++) {
      const asked = server.requests.length;
      await wait(2.6);
      await until(() => server.requests.length > asked && connection.inFlight === 1);
    }
    expect(connection.failure).toBeUndefined();
  });

  test("an idle connection is left alone", async () => {
    open();
    await get("a");
    await wait(20);
    expect(connection.failure).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });
});
