import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { addressReader } from "../platform/client-address";
import { apiHandler } from "./http";
import type { Services } from "./services";

test("who is not signed in is counted by address, and a whole /64 of IPv6 as one", async () => {
  const counted: string[] = [];
  const handle = apiHandler({
    services: {} as Services, // nobody gets that far
    readSession: async () => undefined,
    addressOf: addressReader({ hops: 1 }),
    allow: (key) => {
      counted.push(key);
      return false;
    },
    origins: [],
    failed: () => {},
  });
  const server = createServer((req, res) => void handle(req, res)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc/thread.list`;
  const from = async (forwarded: string) => (await fetch(url, { headers: { "x-forwarded-for": forwarded } })).status;
  for (const address of ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"]) expect(await from(address)).toBe(429);
  await new Promise((resolve) => server.close(resolve));
  expect(counted).toEqual(["192.0.2.1", "192.0.2.2", "2001:db8:0:0::/64", "2001:db8:0:0::/64", "2001:db8:0:1::/64"].map((caller) => `call:${caller}`));
});
