import { connect } from "node:net";
import { expect, test } from "vitest";
import { bootWorld } from "@/testkit/world";

test("closing does not wait for somebody who never finishes a request", async () => {
  const world = await bootWorld({ people: [] });
  const slow = connect(Number(new URL(world.url).port), "127.0.0.1");
  await new Promise((resolve) => slow.once("connect", resolve));
  slow.on("error", () => {}).resume();
  slow.write("POST /api/trpc/message.send HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
  const cut = new Promise((resolve) => slow.once("close", resolve));
  const began = performance.now();
  await world.close();
  await cut;
  expect(performance.now() - began).toBeLessThan(4_000);
}, 10_000);
