import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Engine } from "./engine";

let dir: string;
let engine: Engine;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "braid-view-"));
  engine = await Engine.open({ dir, families: ["default", "f"], writeBufferBytes: 1024 * 1024 });
  await engine.write(Array.from({ length: 300 }, (_, i) => ({ kind: "put" as const, family: "f", key: key(i), value: Buffer.from(`value ${i}`) })));
});
afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const key = (i: number): Buffer => Buffer.from(`key ${i}`);
const places = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ family: "f", key: key(from + i) }));

it("gives each who asked in the same turn what was asked for, of families and of cells that are not there too", async () => {
  const view = engine.view();
  const asked = await Promise.all([
    view.getMany(places(3, 2)),
    view.getMany([]),
    view.getMany([{ family: "default", key: key(1) }, ...places(299, 2)]),
    view.getMany(places(0, 200)),
    view.getMany(places(7, 1)),
  ]);
  expect(asked.map((found) => found.map((value) => value?.toString()))).toEqual([
    ["value 3", "value 4"],
    [],
    [undefined, "value 299", undefined],
    Array.from({ length: 200 }, (_, i) => `value ${i}`),
    ["value 7"],
  ]);
  view.release();
});

it("reads together what is asked for in one turn, and by itself who asks for much", async () => {
  const view = engine.view();
  const reads = vi.spyOn((view as unknown as { snapshot: { read: () => unknown } }).snapshot, "read");
  await Promise.all(Array.from({ length: 40 }, (_, i) => view.getMany(places(i, 1))));
  expect(reads).toHaveBeenCalledTimes(1);
  await Promise.all([view.getMany(places(0, 1)), view.getMany(places(0, 200)), view.getMany(places(1, 1))]);
  expect(reads.mock.calls.slice(1)).toMatchObject([[{ capacity: 1 }], [{ capacity: 200 }], [{ capacity: 1 }]]);
  view.release();
});

it("answers who asked before it was let go", async () => {
  const view = engine.view();
  const asked = view.getMany(places(5, 1));
  view.release();
  expect((await asked)[0]?.toString()).toBe("value 5");
});
