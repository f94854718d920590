import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import { type AddressOf, addressReader } from "../platform/client-address";
import { createAuth } from "./accounts";
import { authDoor } from "./auth-door";
import type { Database } from "./db/database";

const ORIGIN = "http://localhost:3000";
let database: Database;
let server: Server;
let port: number;
let addressOf: AddressOf;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  const minter = new IdMinter(Date.now, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
  const auth = createAuth({
    prisma: database.prisma,
    secret: "a secret of more than thirty-two characters",
    baseURL: ORIGIN,
    trustedOrigins: [ORIGIN],
    domain: "braid.test",
    clock: Date.now,
    mintId: () => minter.next(),
    limits: { signIn: 2, signUp: 10, other: 100 },
  });
  addressOf = addressReader();
  server = createServer(authDoor({ auth, baseURL: ORIGIN, addressOf: (request) => addressOf(request) })).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  return () => server.close();
});

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/api/auth${path}`, { method: "POST", body, headers: { origin: ORIGIN, "content-type": "application/json", ...headers } });
const signUp = () => post("/sign-up/email", JSON.stringify({ name: "Ann", username: "ann", email: "x@y.example", password: "correct horse" }));
const signIn = (headers = {}) => post("/sign-in/username", JSON.stringify({ username: "ann", password: "wrong one" }), headers);

test("signs up and says who is there with the cookie it gave", async () => {
  const answer = await signUp();
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
  const me = await fetch(`http://127.0.0.1:${port}/api/auth/get-session`, { headers: { cookie: cookie.join("; ") } });
  expect(await me.json()).toMatchObject({ user: { username: "ann", email: "ann@braid.test" } });
  expect(me.headers.get("cache-control")).toBe("no-store");
});

test("counts by the other end of the connection, whatever a header says", async () => {
  const answers = [
    await signIn({ "x-forwarded-for": "192.0.2.1" }),
    await signIn({ "x-braid-address": "192.0.2.2" }),
    await signIn({ "x-braid-address": "192.0.2.3" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 429]);
});

test("behind a proxy each caller is counted alone, a whole /64 of IPv6 being one, and cannot be somebody else by a header", async () => {
  addressOf = addressReader({ hops: 1 });
  const from = async (forwarded: string) => (await signIn({ "x-forwarded-for": forwarded, "x-braid-address": "203.0.113.9" })).status;
  expect([await from("192.0.2.1"), await from("192.0.2.1"), await from("192.0.2.1")]).toEqual([401, 401, 429]);
  expect([await from("192.0.2.2"), await from("198.51.100.7, 192.0.2.1"), await from("192.0.2.2, 192.0.2.1")]).toEqual([401, 429, 429]);
  expect([await from("2001:db8::1"), await from("2001:db8::2"), await from("2001:db8::3"), await from("2001:db8:0:1::1")]).toEqual([401, 401, 429, 401]);
});

test("refuses a body that is too large, announced or not", async () => {
  const body = "x".repeat(100_000);
  expect((await post("/sign-in/username", body)).status).toBe(413);
  const chunked = request({
    port,
    host: "127.0.0.1",
    method: "POST",
    path: "/api/auth/sign-in/username",
    headers: { origin: ORIGIN, "transfer-encoding": "chunked" },
  });
  chunked.on("error", () => undefined); // the server need not read to the end
  chunked.end(body);
  const [response] = await once(chunked, "response");
  expect(response.statusCode).toBe(413);
});

test.each(["{", "[]", "null", '"x"'])("a body that is %s is the caller's mistake", async (body) => {
  for (const path of ["/sign-in/username", "/sign-in/email", "/sign-up/email"]) {
    const { status } = await post(path, body);
    expect(status === 429 || (status >= 400 && status < 500), `${path} ${status}`).toBe(true);
  }
});

test("an unknown path is not there, and neither is what Braid does elsewhere", async () => {
  for (const path of ["/nothing", "/update-user", "/change-email", "/delete-user"]) expect((await post(path, "{}")).status).toBe(404);
});
