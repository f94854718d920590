import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { TestTime } from "@/testkit/messaging";
import { DoorServer } from "./connection";
import { DOOR_LIMITS } from "./limits";

test("connections are counted by address, and a whole /64 of IPv6 as one", async () => {
  const refused: string[] = [];
  const limits = { ...DOOR_LIMITS, connectionsPerIp: 1 };
  const door = new DoorServer({ disableReverseLookup: true, logger: false }, { limits, timers: new TestTime(), refused: (_line, ip) => refused.push(ip) });
  const addresses = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"];
  const from = [...addresses];
  // Real connections that say they come from elsewhere: this machine has one address of IPv6 at most.
  const server = createServer((socket) => door.connect(Object.defineProperty(socket, "remoteAddress", { value: from.shift() }))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const clients = [];
  for (const _ of addresses) {
    const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    clients.push(client);
    await once(client, "data");
  }
  expect(refused).toEqual(["2001:db8::2"]);
  for (const client of clients) client.destroy();
  await new Promise((resolve) => server.close(resolve));
});
