import { expect, it } from "vitest";
import { StoreError, textOf } from "../contract";
import { type Given, TABLE } from "./subject";
import { all, b, cellsOf, freshRow, keys, put, show, when, within } from "./words";

export function regions({ store, subject }: Given): void {
  it("tells of regions that follow one another without a gap", async () => {
    const found = await store().regions(TABLE);
    expect([found[0]?.start.length, found.at(-1)?.end.length]).toEqual([0, 0]);
    expect(found.slice(1).map(({ start }) => textOf(start))).toEqual(found.slice(0, -1).map(({ end }) => textOf(end)));
    for (const { table, server } of found) expect([table, server.length > 0]).toEqual([TABLE, true]);
  });

  it("goes on while the region moves to another server and back", async ({ skip }) => {
    const { moveRegion: move } = subject();
    if (move === undefined) return skip("This driver has no regions to move.");
    const prefix = freshRow();
    await busyWhile(prefix, async () => {
      for (let turn = 0; turn < 3; turn++) await move(b(prefix));
    });
  });

  it("goes on while the region is split", async ({ skip }) => {
    const { splitRegion: split } = subject();
    if (split === undefined) return skip("This driver has no regions to split.");
    const prefix = freshRow();
    const before = (await store().regions(TABLE)).length;
    await busyWhile(prefix, () => split(b(`${prefix}m`)));
    expect((await store().regions(TABLE)).length).toBe(before + 1);
  });

  /** An owner appends to a row at each side, readers look on; afterwards all that was acknowledged is there, once and in order. */
  async function busyWhile(prefix: string, work: () => Promise<void>): Promise<void> {
    const rows = [`${prefix}a`, `${prefix}z`];
    let busy = true;
    const owners = rows.map(async (row) => {
      await store().mutateRow(TABLE, b(row), [put("head", "epoch", "1"), put("head", "last", "none")]);
      let written = 0;
      while (busy) written += await append(row, written);
      return written;
    });
    const reader = async () => {
      while (busy) expect(keys(await all(store().scan(TABLE, { ...within(prefix), families: ["log"] }))).every((key) => rows.includes(key))).toBe(true);
    };
    const reading = reader();
    await work().finally(() => {
      busy = false;
    });
    const written = await Promise.all(owners);
    await reading;
    for (const [at, row] of rows.entries()) {
      const names = Array.from({ length: written[at]! }, (_, turn) => `${String(turn).padStart(6, "0")}=${turn}`);
      expect(cellsOf(await store().slice(TABLE, b(row), "log", { limit: 100_000 }))).toEqual(names);
    }
  }

  /** 1 when the turn is written, if need be by looking whether it is. */
  async function append(row: string, turn: number): Promise<number> {
    const mutations = [put("log", String(turn).padStart(6, "0"), `${turn}`), put("head", "last", `${turn}`)];
    try {
      expect(await store().mutateRow(TABLE, b(row), mutations, when("head", "epoch", "1"))).toEqual({ applied: true });
      return 1;
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "unknown-outcome") throw error;
      const found = await store().get(TABLE, b(row), { columns: [{ family: "head", qualifier: b("last") }] });
      return show(found)?.head?.[0] === `last=${turn}` ? 1 : 0;
    }
  }
}
