import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { Durability, HBase } from "@/storage/hbase";
import { check } from "./check";
import { ROWS } from "./load";
import { Scene } from "./scene";

afterEach(() => vi.restoreAllMocks());

/** Everything is written, acknowledged, and then killed at once. What is wrong afterwards. */
async function writeAndCrash(): Promise<string[]> {
  const scene = await Scene.open();
  try {
    await scene.recovered(300_000);
    await pause(2_000);
    await scene.load.end();
    await scene.cluster.crash();
    await scene.makeWhole();
    return check(scene.load.recorder, await scene.finalStates());
  } finally {
    await scene.makeWhole();
    await scene.close();
  }
}

test("planted fault: changes that never go to the log of a region server are lost when it dies, and the check says so", { timeout: 900_000 }, async () => {
  const change = HBase.prototype.mutateRow;
  vi.spyOn(HBase.prototype, "mutateRow").mockImplementation(function (this: HBase, table, row, mutations, options) {
    return change.call(this, table, row, mutations, { ...options, durability: Durability.skip });
  });
  const faults = await writeAndCrash();
  const rows = new Set(faults.filter((words) => words.includes("is lost, though it was acknowledged")).map((words) => words.split(":")[0]));
  expect(rows.size).toBe(ROWS.length);
});
