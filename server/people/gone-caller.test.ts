import "../platform/paused-storage";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { IdMinter } from "@/domain/id";
import { openTestDatabase } from "../../testkit/database-template";
import { addressReader } from "../platform/client-address";
import { keepDuringRequests } from "../platform/contexts";
import { createAuth } from "./accounts";
import { authDoor } from "./auth-door";
import type { Database } from "./db/database";

const ORIGIN = "http://localhost:3000";
const hashed = vi.hoisted(() => ({ begun: () => {} }));

vi.mock("./passwords", () => ({
  /** As long as on a busy machine: many wait for a thread. */
  hashPassword: async (password: string) => {
    hashed.begun();
    await after(600);
    return password;
  },
  verifyPassword: async () => true,
}));

let database: Database;
let server: Server;
let answered: Promise<void>;
beforeEach(async () => {
  database = await openTestDatabase();
  const minter = new IdMinter(Date.now, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
  const places = { baseURL: ORIGIN, trustedOrigins: [ORIGIN], domain: "braid.test" };
  const auth = createAuth({
    prisma: database.prisma,
    secret: "a secret of more than thirty-two characters",
    ...places,
    clock: Date.now,
    mintId: () => minter.next(),
  });
  const door = authDoor({ auth, baseURL: ORIGIN, addressOf: addressReader() });
  server = createServer((req, res) => {
    answered = door(req, res);
  });
  keepDuringRequests(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(async () => {
  server.close();
  await database.close();
});

test("who goes away while signing up gets the account all the same, and holds up nobody", async () => {
  const begun = new Promise<void>((resolve) => {
    hashed.begun = resolve;
  });
  const headers = { origin: ORIGIN, "content-type": "application/json" };
  const asked = request({ port: (server.address() as AddressInfo).port, path: "/api/auth/sign-up/email", method: "POST", headers });
  asked.on("error", () => {});
  asked.end(JSON.stringify({ name: "Ann", username: "ann", email: "x@y.example", password: "correct horse" }));
  await begun;
  asked.destroy();
  await answered;
  expect(await database.prisma.user.count()).toBe(1);
  expect(await database.prisma.account.count()).toBe(1);
}, 9_000); // a transaction that waits for itself takes 10 s
