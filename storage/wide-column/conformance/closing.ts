import { expect, it } from "vitest";
import { type Given, SCHEMAS, TABLE } from "./subject";
import { all, b, expectFailure, freshRow, put } from "./words";

export function closing({ factory, clock, store }: Given): void {
  it("finishes what is under way, then refuses everything with `closed`", async () => {
    const { store: closed, dispose } = await factory({ schemas: SCHEMAS, clock: clock.read });
    const row = b(freshRow());
    const changes = Array.from({ length: 50 }, (_, at) => closed.mutateRow(TABLE, row, [put("log", `${at}`, "x")]));
    const read = closed.get(TABLE, row);
    const [first, second] = [closed.close(), closed.close()];
    expect(await Promise.all(changes)).toEqual(changes.map(() => ({ applied: true })));
    await read;
    await Promise.all([first, second]);
    await expectFailure(closed.mutateRow(TABLE, row, [put("log", "a", "1")]), "closed");
    await expectFailure(closed.get(TABLE, row), "closed");
    await expectFailure(closed.slice(TABLE, row, "log", { limit: 1 }), "closed");
    await expectFailure(all(closed.scan(TABLE)), "closed");
    await expectFailure(closed.regions(TABLE), "closed");
    await dispose();
  });

  it("ends a scan that is under way with `closed`", async () => {
    const { store: closed, dispose } = await factory({ schemas: SCHEMAS, clock: clock.read });
    for (const row of ["a", "b", "c"]) await closed.mutateRow(TABLE, b(row), [put("log", "a", row)]);
    const scan = closed.scan(TABLE);
    expect((await scan.next()).value).toMatchObject({ key: b("a") });
    await closed.close();
    await expectFailure(scan.next(), "closed");
    await dispose();
  });

  it("counts what it does", async () => {
    const before = store().stats();
    const row = b(freshRow());
    await Promise.all(Array.from({ length: 20 }, (_, at) => store().mutateRow(TABLE, row, [put("log", `${at}`, "x")])));
    await store().get(TABLE, row);
    const after = store().stats();
    expect(after.mutations - before.mutations).toBe(20);
    expect(after.commits - before.commits).toBeGreaterThan(0);
    expect(after.commits - before.commits).toBeLessThanOrEqual(20);
    expect(after.reads - before.reads).toBe(1);
    expect(after.waiting).toBe(0);
  });
}
