import { expect, it } from "vitest";
import { Lanes } from "./lanes";

function held() {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { gate, open };
}
const settled = () => new Promise(setImmediate);

it("lets one work on a row at a time, in the order of the calls, and others go on", async () => {
  const lanes = new Lanes();
  const done: string[] = [];
  const { gate, open } = held();
  const work = (name: string, wait?: Promise<void>) => async () => {
    await wait;
    done.push(name);
  };
  const all = [lanes.run(["a"], work("first", gate)), lanes.run(["a"], work("second")), lanes.run(["b"], work("other"))];
  await settled();
  expect(done).toEqual(["other"]);
  open();
  await Promise.all(all);
  expect(done).toEqual(["other", "first", "second"]);
  await settled();
  expect(lanes.busy).toBe(0);
});

it("never locks up when works share rows crosswise", async () => {
  const lanes = new Lanes();
  const order: number[] = [];
  const rows = [["a", "b"], ["b", "a"], ["c", "a"], ["b", "c"], ["a"]];
  await Promise.all(rows.map((each, at) => lanes.run(each, async () => void order.push(at))));
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

it("goes on after a failure", async () => {
  const lanes = new Lanes();
  const failed = lanes.run(["a"], () => Promise.reject(new Error("no")));
  const next = lanes.run(["a"], async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
