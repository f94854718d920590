import { afterEach, describe, expect, test } from "vitest";
import { WorkerPool, type WorkerPoolOptions } from "./worker-pool";

type Tasks = {
  echo: { input: unknown; output: unknown };
  loop: { input: null; output: never };
  grow: { input: null; output: never };
  exit: { input: null; output: never };
  throw: { input: null; output: never };
  fail: { input: null; output: never };
};

const script = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

const WORKER = script(`
  import { parentPort } from "node:worker_threads";
  const tasks = {
    echo: (input) => input,
    loop: () => { for (;;); },
    grow: () => { const all = []; for (;;) all.push({ all: [Math.random()] }); },
    exit: () => process.exit(3),
    throw: () => { throw new Error("bang"); },
  };
  parentPort.on("message", ({ id, task, input }) =>
    parentPort.postMessage(task === "fail" ? { id, reason: "because" } : { id, output: tasks[task](input) }));
  parentPort.postMessage("ready");
`);

let pool: WorkerPool<Tasks>;
const start = (options: Partial<WorkerPoolOptions> = {}): WorkerPool<Tasks> => {
  pool = new WorkerPool<Tasks>({ entry: WORKER, workers: 1, ...options });
  return pool;
};
afterEach(() => pool.close());

const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: { kind: string; reason: string; final: boolean }) => thrown,
  );
  return error && { kind: error.kind, final: error.final };
};

test("answers come to who asked, in any number", async () => {
  start({ workers: 2 });
  expect(await Promise.all(Array.from({ length: 40 }, (_, i) => pool.run("echo", i)))).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

describe("a worker that oversteps is replaced", () => {
  test.each([
    ["loop", "too-slow", true],
    ["grow", "too-much-memory", true],
    ["exit", "failed", true],
    ["throw", "failed", true],
    ["fail", "failed", true],
  ] as const)("%s: %s", async (task, kind, final) => {
    start({ heapMb: 32 });
    expect(await failure(pool.run(task, null, { limitMs: task === "loop" ? 100 : 20_000 }))).toEqual({ kind, final });
    expect(await pool.run("echo", "still here")).toBe("still here");
  });

  test("and the others do not notice", async () => {
    start({ workers: 2 });
    await pool.run("echo", 0);
    const loop = failure(pool.run("loop", null, { limitMs: 300 }));
    expect(await Promise.all([1, 2, 3].map((n) => pool.run("echo", n)))).toEqual([1, 2, 3]);
    expect(await loop).toEqual({ kind: "too-slow", final: true });
  });
});

test("a reason given by the task is kept", async () => {
  await expect(start().run("fail", null)).rejects.toMatchObject({ reason: "because" });
});

test("a limit is on the work, not on the waiting", async () => {
  start({ limitMs: 400 });
  await pool.run("echo", 0);
  const loop = failure(pool.run("loop", null));
  expect(await pool.run("echo", "after")).toBe("after");
  expect(await loop).toEqual({ kind: "too-slow", final: true });
});

test("no more wait than may", async () => {
  start({ waiting: 2 });
  await pool.run("echo", 0);
  const loop = failure(pool.run("loop", null, { limitMs: 200 }));
  const waiting = [pool.run("echo", 1), pool.run("echo", 2)];
  expect(await failure(pool.run("echo", 3))).toEqual({ kind: "overloaded", final: false });
  expect(await Promise.all(waiting)).toEqual([1, 2]);
  await loop;
});

test("a worker that cannot start is nobody's fault", async () => {
  start({ entry: new URL("file:///nowhere/worker.mjs") });
  expect(await failure(pool.run("echo", 1))).toEqual({ kind: "unavailable", final: false });
  expect(await failure(pool.run("echo", 2))).toEqual({ kind: "unavailable", final: false });
});

test("closing fails what is under way and what waits", async () => {
  start();
  await pool.run("echo", 0);
  const left = [failure(pool.run("loop", null, { limitMs: 60_000 })), failure(pool.run("echo", 1))];
  await new Promise(setImmediate);
  await pool.close();
  expect(await Promise.all(left)).toEqual([
    { kind: "closed", final: false },
    { kind: "closed", final: false },
  ]);
  expect(await failure(pool.run("echo", 1))).toEqual({ kind: "closed", final: false });
});
