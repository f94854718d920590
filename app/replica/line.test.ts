import { expect, test } from "vitest";
import { Line } from "./line";

function line() {
  let now = 0;
  const told: string[] = [];
  const it: Line = new Line(
    () => ++now,
    () => told.push(`${it.state.state} since ${it.state.since}`),
  );
  return { line: it, told };
}

test("offline counts from when the connection was lost, not from the last try", () => {
  const { line: it, told } = line();
  expect(it.state).toEqual({ state: "connecting", since: 0 });
  it.connected();
  it.lost();
  it.refused();
  it.refused();
  it.connected();
  expect(told).toEqual(["online since 1", "connecting since 2", "offline since 2", "offline since 2", "online since 3"]);
});

test("a first connection that never comes is offline since it was tried", () => {
  const { line: it } = line();
  it.refused();
  it.refused();
  expect(it.state).toEqual({ state: "offline", since: 1 });
});

test("a greeting answered on a connection that is gone is asked again on the new one", async () => {
  const { line: it } = line();
  it.connected();
  let asked = 0;
  const greeted = await it.greet(async () => {
    if (++asked === 1) it.connected();
    expect(it.greeted).toBe(false);
    return true;
  });
  expect([greeted, asked, it.greeted]).toEqual([true, 2, true]);
  it.lost();
  expect(it.greeted).toBe(false);
  expect(await it.greet(async () => false)).toBe(false);
  expect(it.greeted).toBe(false);
});
