import { createServer } from "node:http";
import { expect, test } from "vitest";
import { listenEarly } from "./starting";

test("who comes before the parts are there is told to come again, and then answered by them alone", async () => {
  const http = createServer();
  const { port, handOver } = await listenEarly(http, { port: 0, host: "127.0.0.1" });
  const ask = () => fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) });
  const early = await ask();
  expect([early.status, early.headers.get("retry-after"), await early.json()]).toEqual([
    503,
    "1",
    { code: "server/starting", sentence: "Braid is starting. Try again in a moment." },
  ]);
  handOver();
  http.on("request", (_req, res) => void res.end("here"));
  expect(await (await ask()).text()).toBe("here");
  await new Promise((resolve) => http.close(resolve));
});
