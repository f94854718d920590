import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { realTimers } from "@/server/platform/timers";
import { type FetchFailure, fetchOutside, internet, type Outside } from "./outside-fetch";
import { isPublic } from "./public-address";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const options = (origin: string, more: { outside?: Outside; maxBytes?: number; withinMs?: number } = {}) => ({
  ...{ origin, authorization: "Basic c2VjcmV0", maxBytes: 1_000, withinMs: 5_000, timers: realTimers, signal: new AbortController().signal, outside: internet },
  ...more,
});
const failure = async (url: string, given: ReturnType<typeof options>): Promise<string> =>
  fetchOutside(url, given).then(
    () => "fetched",
    (error: FetchFailure) => error.code,
  );

test("the API's own origin may be on this machine and is told who asks; what it leads to is public and is not told", async () => {
  const heard: (string | undefined)[][] = [];
  const cdn = await serve((req, res) => {
    heard.push([req.headers.host, req.headers.authorization]);
    res.end("picture");
  });
  const api = await serve((req, res) => {
    heard.push([req.url, req.headers.authorization]);
    res.writeHead(307, { location: "http://cdn.example.org/a?b=c" }).end();
  });
  const reached: (string | number)[][] = [];
  const outside: Outside = {
    resolve: async () => ["93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    connect: (address, port) => {
      reached.push([address, port]);
      return connect(Number(new URL(address === "127.0.0.1" ? api : cdn).port), "127.0.0.1");
    },
  };
  expect((await fetchOutside(`${api}/Media/1`, options(api, { outside }))).toString()).toBe("picture");
  expect(heard).toEqual([
    ["/Media/1", "Basic c2VjcmV0"],
    ["cdn.example.org", undefined],
  ]);
  expect(reached[1]).toEqual(["93.184.216.34", 80]);
});

test("another port of this machine, private networks and names that lead there are no places to fetch from", async () => {
  const inner = await serve((_req, res) => res.end("secret"));
  let next = "";
  const api = await serve((_req, res) => res.writeHead(302, { location: next }).end());
  const { port } = new URL(inner);
  const places = [
    inner,
    `http://localhost:${port}`,
    `http://2130706433:${port}`,
    `http://[::1]:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    "http://169.254.169.254/latest",
  ];
  for (next of [...places, "file:///etc/passwd", "ftp://example.org/", "http://user:name@example.org/", "http://"])
    expect(await failure(api, options(api)), next).toBe("forbidden");
  for (next of ["/loop"]) expect(await failure(api, options(api))).toBe("refused");
  // One private address among public ones is enough.
  const mixed: Outside = { ...internet, resolve: async () => ["93.184.216.34", "10.0.0.1"] };
  next = "http://cdn.example.org/";
  expect(await failure(api, options(api, { outside: mixed }))).toBe("forbidden");
  expect(await failure(inner, options("https://api.example.org"))).toBe("forbidden");
});

test("a name is resolved once: an answer that changes afterwards changes nothing", async () => {
  let asked = 0;
  const outside: Outside = {
    resolve: async () => (asked++ === 0 ? ["93.184.216.34"] : ["127.0.0.1"]),
    connect: (address) => {
      expect(address).toBe("93.184.216.34");
      return connect(Number(new URL(target).port), "127.0.0.1");
    },
  };
  const target = await serve((_req, res) => res.end("ok"));
  expect((await fetchOutside("http://cdn.example.org/", options("http://api.example.org", { outside }))).toString()).toBe("ok");
  expect(asked).toBe(1);
});

test("what is too large, too slow, broken off or not given is not taken", async () => {
  const api = await serve((req, res) => {
    if (req.url === "/said") res.writeHead(200, { "content-length": 5_000 }).end(Buffer.alloc(5_000));
    else if (req.url === "/unsaid") {
      const more = setInterval(() => res.write(Buffer.alloc(400)), 1);
      res.on("close", () => clearInterval(more));
    } else if (req.url === "/drip") {
      const more = setInterval(() => res.write("x"), 20);
      res.on("close", () => clearInterval(more));
    } else if (req.url === "/broken") {
      res.writeHead(200, { "content-length": 100 }).write("half");
      setTimeout(() => res.destroy(), 20);
    } else if (req.url !== "/silent") res.writeHead(Number(req.url?.slice(1))).end();
  });
  for (const [path, code] of [
    ["said", "too-large"],
    ["unsaid", "too-large"],
    ["broken", "unreachable"],
    ["404", "refused"],
    ["204", "refused"],
    ["429", "unreachable"],
    ["503", "unreachable"],
  ])
    expect(await failure(`${api}/${path}`, options(api)), path).toBe(code);
  for (const path of ["silent", "drip"]) expect(await failure(`${api}/${path}`, options(api, { withinMs: 150 })), path).toBe("unreachable");
  expect(await failure("http://127.0.0.1:1/", options("http://127.0.0.1:1"))).toBe("unreachable");
});

test.each([
  ["8.8.8.8", true],
  ["2606:4700::1111", true],
  ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.31.0.1", "192.168.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255"].map(
    (a) => [a, false] as const,
  ),
  ...["::", "::1", "::ffff:8.8.8.8", "fe80::1", "fd00::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "2001::1", "2606::1%eth0", "", "x"].map(
    (a) => [a, false] as const,
  ),
] as const)("%s is public: %s", (address, is) => expect(isPublic(address)).toBe(is));
