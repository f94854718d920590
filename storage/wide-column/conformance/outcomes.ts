import { expect, it } from "vitest";
import { type Given, TABLE } from "./subject";
import { b, expectFailure, freshRow, put, show, when } from "./words";

export function outcomes({ store, subject }: Given): void {
  for (const carriedOut of [true, false])
    it(`tells by a token what became of a change whose answer was lost (${carriedOut ? "carried out" : "not carried out"})`, async ({ skip }) => {
      const lose = subject().loseAnswer;
      if (lose === undefined) return skip("This driver cannot lose an answer on purpose.");
      const row = freshRow();
      await store().mutateRow(TABLE, b(row), [put("head", "epoch", "1"), put("head", "token", "first")]);
      const change = () => store().mutateRow(TABLE, b(row), [put("head", "token", "mine"), put("log", "a", "1")], when("head", "token", "first"));
      lose(carriedOut);
      await expectFailure(change(), "unknown-outcome");
      const token = show(await store().get(TABLE, b(row), { columns: [{ family: "head", qualifier: b("token") }] }));
      expect(token).toEqual({ head: [carriedOut ? "token=mine" : "token=first"] });
      expect(await change()).toEqual({ applied: !carriedOut });
      expect(show(await store().get(TABLE, b(row)))).toEqual({ head: ["epoch=1", "token=mine"], log: ["a=1"] });
    });

  it("does not know of a batch what became of it when one answer is lost", async ({ skip }) => {
    const lose = subject().loseAnswer;
    if (lose === undefined) return skip("This driver cannot lose an answer on purpose.");
    const rows = [freshRow(), freshRow(), freshRow()];
    lose(true);
    const absent = when("head", "a", undefined);
    await expectFailure(
      store().batch(
        TABLE,
        rows.map((row) => ({ row: b(row), mutations: [put("head", "a", row)], ...absent })),
      ),
      "unknown-outcome",
    );
    const found = await store().getMany(TABLE, rows.map(b));
    for (const [at, row] of found.entries()) if (row) expect(show(row)).toEqual({ head: [`a=${rows[at]}`] });
  });
}
