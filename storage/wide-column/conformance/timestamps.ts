import { expect, it } from "vitest";
import { type Given, TABLE } from "./subject";
import { add, b, del, freshRow, put } from "./words";

export function timestamps({ store, clock }: Given): void {
  const stampsOf = async (row: string) => {
    const found = await store().get(TABLE, b(row));
    return Object.values(found?.families ?? {}).flatMap((cells) => cells.map(({ timestamp }) => timestamp));
  };

  it("grow with every change of a column, though the clock stands still or goes back", async () => {
    const row = freshRow();
    const started = clock.now;
    let [word, count] = [0, 0];
    for (let turn = 0; turn < 40; turn++) {
      clock.now += [0, 0, -1000, 5000][turn % 4]!;
      if (turn % 5 === 0) await store().mutateRow(TABLE, b(row), [del("head", "a")]);
      if (turn % 7 === 0) await store().mutateRow(TABLE, b(row), [del("log", "n")]);
      await store().mutateRow(TABLE, b(row), [put("head", "a", `${turn}`), add("log", "n", 1n)]);
      const [newWord = 0, newCount = 0] = await stampsOf(row);
      expect(newWord).toBeGreaterThan(word);
      expect(newCount).toBeGreaterThan(count);
      [word, count] = [newWord, newCount];
    }
    expect(word).toBeGreaterThanOrEqual(started);
  });

  it("stay near the clock, however many changes share a millisecond", async () => {
    clock.now += 1_000_000;
    const rows = Array.from({ length: 200 }, freshRow);
    await Promise.all(rows.map((row) => store().mutateRow(TABLE, b(row), [put("head", "a", "1")])));
    const stamps = (await Promise.all(rows.map(stampsOf))).flat();
    expect(stamps).toHaveLength(200);
    expect(Math.max(...stamps) - clock.now).toBeLessThan(100);
  });
}
