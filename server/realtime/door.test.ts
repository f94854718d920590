import { afterEach, expect, test } from "vitest";
import type { Device } from "@/testkit/client";
import { bootWorld, type World } from "@/testkit/world";

const DAY = 86_400_000;
let world: World | undefined;
afterEach(() => world?.close());

const sessionEnded = (device: Device) => new Promise<void>((resolve) => device.socket.once("session-ended", resolve));
const heartbeat = (from: World) => {
  for (const socket of from.server.realtime.io.of("/").sockets.values()) socket.conn.emit("heartbeat");
};

test("a device that only listens hears nothing more once its session is over", async () => {
  let ahead = 0;
  world = await bootWorld({ people: ["ann"], clock: () => Date.now() + ahead });
  const ann = await world.device("ann");
  const ended = sessionEnded(ann);
  ahead = 40 * DAY;
  heartbeat(world);
  await ended;
});

test("presence that flickers for ever reaches others a bounded number of times", async () => {
  world = await bootWorld({ people: ["ann", "ben"], settings: { calls: { burst: 20, perSecond: 0.001 } } });
  const [ann, ben] = [await world.device("ann"), await world.device("ben")];
  const { thread } = await ben.mutate<{ thread: { id: string } }>("thread.start", { people: ["ann"], maker: "start-ann" });
  let told = 0;
  const watching = new Promise((resolve) => ben.socket.once("presence", resolve));
  ben.socket.emit("watch", [thread.id]);
  await watching;
  ben.socket.on("presence", () => told++);
  for (let i = 0; i < 200; i++) ann.socket.emit("presence", i % 2 ? "online" : "away");
  await ann.query("mailbox.open");
  await ben.query("mailbox.open");
  expect(told).toBeLessThanOrEqual(20);
});
