import "./paused-storage";
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepDuringRequests, withContexts } from "./contexts";

const storage = new AsyncLocalStorage<string>();
const LOSES = Number.parseInt(process.versions.node, 10) < 24;
let http: Server;
let url: string;
let answer: () => Promise<unknown>;

beforeEach(async () => {
  http = createServer((_request, response) => void storage.run("asked", async () => response.end(String(await answer()))));
  keepDuringRequests(http);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => http.close());

const ask = async (): Promise<string> => (await fetch(url)).text();

test("a context holds as long as its request, however long that is and whatever ends meanwhile", async () => {
  answer = () => after(700).then(() => storage.getStore());
  const long = ask();
  answer = async () => storage.getStore();
  expect(await ask()).toBe("asked");
  expect(await long).toBe("asked");
});

test("a context holds during work that is no request", async () => {
  const seen = withContexts(() => storage.run("worked", () => after(500).then(() => storage.getStore())));
  answer = async () => storage.getStore();
  await ask();
  expect(await seen).toBe("worked");
});

test("between requests it costs nothing: what nobody waits for has lost its context, and the next request has its own", async () => {
  let seen: Promise<string | undefined> | undefined;
  answer = async () => {
    seen = after(600).then(() => storage.getStore());
  };
  await ask();
  expect(await seen).toBe(LOSES ? undefined : "asked");
  answer = async () => storage.getStore();
  expect(await ask()).toBe("asked");
});

test("a caller who goes away with several requests unanswered leaves nothing on", async () => {
  let asked = 0;
  answer = () => after(100 * ++asked);
  const caller = connect((http.address() as AddressInfo).port, "127.0.0.1");
  caller.write("GET / HTTP/1.1\r\nhost: braid\r\n\r\n".repeat(3));
  await expect.poll(() => asked).toBe(3);
  caller.destroy();
  await after(400);
  const seen = storage.run("left behind", () => after(600).then(() => storage.getStore()));
  answer = async () => {};
  await ask();
  expect(await seen).toBe(LOSES ? undefined : "left behind");
});
