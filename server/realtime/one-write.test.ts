import type { Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bootWorld, type World } from "@/testkit/world";

let world: World;
beforeEach(async () => {
  world = await bootWorld({ people: ["ann"] });
});
afterEach(() => world.close());

test("what one turn of the event loop has for a device is one write, in its order", async () => {
  const ann = await world.device("ann");
  await ann.query("mailbox.open"); // and what the beginning of a connection writes is over
  const [server] = world.server.realtime.io.sockets.sockets.values();
  const wire = server!.conn.request.socket as Socket & Record<"_write" | "_writev", () => void>;
  const writes = [vi.spyOn(wire, "_write"), vi.spyOn(wire, "_writev")];
  const heard: unknown[] = [];
  const all = new Promise((resolve) => ann.socket.on("presence", (state) => heard.push(state) === 3 && resolve(heard)));
  for (const state of ["online", "away", "offline"] as const) server!.emit("presence", { ann: state });
  expect(await all).toEqual([{ ann: "online" }, { ann: "away" }, { ann: "offline" }]);
  expect(writes.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
});
