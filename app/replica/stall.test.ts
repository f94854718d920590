import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import { calm, Device } from "@/testkit/browser/device";
import { RealServer } from "@/testkit/browser/real-server";
import { Stall } from "./stall";

test("the first act that waits says since when, and the last that is taken ends it", () => {
  const timers: (() => void)[] = [];
  const told: (number | undefined)[] = [];
  let now = 0;
  const stall = new Stall({
    clock: () => ++now,
    timers: {
      after: (_, what) => {
        const at = timers.push(what) - 1;
        return () => {
          timers[at] = () => {};
        };
      },
    },
    stalled: (since) => told.push(since),
  });
  stall.began("a");
  stall.began("b");
  stall.began("a");
  stall.began("quick");
  stall.ended("quick");
  for (const run of timers) run();
  expect(told).toEqual([1]);
  stall.ended("a");
  stall.ended("never begun");
  expect(told).toEqual([1, 2]);
  stall.ended("b");
  expect(told).toEqual([1, 2, undefined]);
});

test("a store that pauses for long refuses many times, and the message goes once when it is back", async () => {
  const server = new RealServer();
  const threadId = (await server.world.sending.start(server.ann, ["ben"], "start")).thread.id;
  await server.world.settle();
  const act = server.act.bind(server);
  let pauses = 12;
  Object.assign(server, {
    act: async (pending: Parameters<typeof act>[0]) => {
      const done = pending.act.type === "send" && pauses === 4 ? await act(pending) : undefined; // done, and nobody hears of it
      if (pauses-- > 0) throw new AppError(done ? "store/unknown-outcome" : "store/unavailable");
      return act(pending);
    },
  });
  const device = new Device(server);
  device.connect();
  await device.flow();
  device.replica.own?.send(threadId, "during the pause");
  for (let second = 0; second < 120 && (second === 0 || pauses > 0); second++) {
    await device.flow();
    device.time.advance(1_000);
    await calm();
    if (second === 5) expect(device.replica.line.state).toMatchObject({ state: "online", stalledSince: expect.any(Number) });
  }
  await device.settle();
  expect(device.replica.line.state.stalledSince).toBeUndefined();
  expect(pauses).toBeLessThanOrEqual(0);
  expect(device.replica.own?.outgoing.of(threadId)).toEqual([]);
  const { messages } = await server.messages({ threadId, limit: 10 });
  expect(messages.map(({ text }) => text)).toEqual(["during the pause"]);
});
