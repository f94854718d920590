import { expect, it } from "vitest";
import { type Row, textOf } from "../contract";
import { type Given, TABLE } from "./subject";
import { all, b, freshRow, put, show, when, within } from "./words";

const ROUNDS = 30;

export function concurrency({ store }: Given): void {
  it("lets exactly one of a hundred win each turn of a compare-and-set", async () => {
    const row = freshRow();
    for (let turn = 0; turn < ROUNDS; turn++) {
      const condition = when("head", "epoch", turn === 0 ? undefined : `${turn}`);
      const tries = Array.from({ length: 100 }, (_, who) =>
        store().mutateRow(TABLE, b(row), [put("head", "epoch", `${turn + 1}`), put("log", `${turn}`, `${who}`)], condition),
      );
      const winners = (await Promise.all(tries)).flatMap(({ applied }, who) => (applied ? [who] : []));
      expect(winners).toHaveLength(1);
      expect(show(await store().get(TABLE, b(row), { columns: [{ family: "log", qualifier: b(`${turn}`) }] }))).toEqual({ log: [`${turn}=${winners[0]}`] });
    }
  });

  it("shows a row whole to every reader while it is being changed", async () => {
    const prefix = freshRow();
    const row = b(`${prefix}b`);
    let writing = true;
    const writer = async () => {
      for (let turn = 0; turn < ROUNDS * 5; turn++)
        await store().mutateRow(TABLE, row, [
          put("head", "n", `${turn}`),
          put("head", "\xff", `${turn}`),
          put("log", "n", `${turn}`),
          put("rare", "n", `${turn}`),
        ]);
      writing = false;
    };
    const torn: unknown[] = [];
    const look = async (read: () => Promise<Row | undefined>) => {
      while (writing) {
        const found = await read();
        const values = Object.values(found?.families ?? {}).flatMap((cells) => cells.map(({ value }) => textOf(value)));
        if (found && (values.length !== 4 || new Set(values).size !== 1)) torn.push(show(found));
      }
    };
    const columns = [put("head", "n", ""), put("head", "\xff", ""), put("log", "n", ""), put("rare", "n", "")].map((cell) => ({ qualifier: b(""), ...cell }));
    const scanned = async (reverse: boolean) => (await all(store().scan(TABLE, { ...within(prefix), reverse })))[0];
    await Promise.all([
      writer(),
      look(() => store().get(TABLE, row)),
      look(() => store().get(TABLE, row, { families: ["head"], columns: columns.slice(2) })),
      look(() => store().get(TABLE, row, { columns })),
      look(() => scanned(false)),
      look(() => scanned(true)),
    ]);
    expect(torn).toEqual([]);
  });

  it("keeps many writers of different rows apart", async () => {
    const rows = Array.from({ length: 100 }, freshRow);
    await Promise.all(rows.map((row) => store().mutateRow(TABLE, b(row), [put("head", "a", row), put("log", "b", row)])));
    const found = await store().getMany(TABLE, rows.map(b));
    expect(found.map(show)).toEqual(rows.map((row) => ({ head: [`a=${row}`], log: [`b=${row}`] })));
  });
}
