import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Id, IdMinter, isId } from "@/domain/id";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import { type Auth, type AuthLimits, createAuth, type EndedSession } from "./accounts";
import type { Database } from "./db/database";
import { SessionReader } from "./sessions";

const ORIGIN = "http://localhost:3000";
const GENEROUS: AuthLimits = { signIn: 1_000, signUp: 1_000, other: 1_000 };

let database: Database;
let auth: Auth;
let sessions: SessionReader;
let now = Date.now();
let created: Id[] = [];
let counter = 0;

function build(limits: AuthLimits): void {
  const clock = () => now;
  const minter = new IdMinter(clock, (bytes) => new Uint8Array(bytes).fill(++counter));
  auth = createAuth({
    prisma: database.prisma,
    secret: "a secret of more than thirty-two characters",
    baseURL: ORIGIN,
    trustedOrigins: [ORIGIN],
    domain: "braid.test",
    clock,
    mintId: () => minter.next(),
    limits,
    hooks: { sessionEnded: (session) => sessions.ended(session), userCreated: ({ id }) => void created.push(id) },
  });
  sessions = new SessionReader({ auth, clock });
}

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  created = [];
  await emptyDatabase(database);
  build(GENEROUS);
});

/** Calls a path as a browser would: with an origin, and with the cookies it was given before. */
async function call(path: string, body: object | undefined, cookie = "", address = "192.0.2.1") {
  const headers = { origin: ORIGIN, cookie, "x-braid-address": address, ...(body && { "content-type": "application/json" }) };
  const request = new Request(`${ORIGIN}/api/auth${path}`, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  const response = await auth.handler(request);
  const cookies = response.headers.getSetCookie();
  const answer: unknown = await response.json().catch(() => undefined);
  return { status: response.status, answer, cookies, cookie: cookies.map((one) => one.split(";")[0]).join("; ") };
}
const PASSWORD = "correct horse";
const signUp = (handle: string, more: object = {}) =>
  call("/sign-up/email", { name: `The ${handle}`, username: handle, email: "x@evil.example", password: PASSWORD, ...more });
const signIn = (username: string, password = PASSWORD, address?: string) => call("/sign-in/username", { username, password }, "", address);
const users = () => database.prisma.user.findMany({ orderBy: { handle: "asc" } });

describe("a new account", () => {
  test("has our id, the address of its handle here, and words to be found by", async () => {
    expect((await signUp("Ann", { image: "https://evil.example/track.png" })).status).toBe(200);
    const [ann] = await users();
    expect(ann).toMatchObject({ handle: "ann", email: "ann@braid.test", name: "The Ann", image: null });
    expect(isId(ann?.id ?? "")).toBe(true);
    expect(ann?.prefixes).toContain("an");
    expect(created).toEqual([ann?.id]);
    const [account] = await database.prisma.account.findMany();
    expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("cannot choose its role", async () => {
    await signUp("ann");
    await signUp("ben", { role: "admin" });
    expect((await users()).map(({ handle, role }) => `${handle} ${role}`)).toEqual(["ann admin", "ben member"]);
  });

  test.each([
    ["a handle that is none", { username: "a b" }, "INVALID_USERNAME"],
    ["no handle", { username: undefined }, "INVALID_USERNAME"],
    ["a handle that mail needs for others", { username: "PostMaster" }, "HANDLE_RESERVED"],
    ["no name", { name: " \u0007 " }, "INVALID_NAME"],
    ["a short password", { password: "short" }, "PASSWORD_TOO_SHORT"],
  ])("with %s is refused", async (_what, more, code) => {
    const { status, answer } = await signUp("ann", more);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ code });
    expect(await users()).toEqual([]);
  });

  test("with a handle that is taken is refused, however it is written", async () => {
    await signUp("ann");
    expect((await signUp("ANN")).answer).toMatchObject({ code: "USERNAME_IS_ALREADY_TAKEN" });
    expect(await users()).toHaveLength(1);
  });

  test("is admin when it is the first, also when many come first", async () => {
    const answers = await Promise.all(["ann", "ben", "cid", "dee"].map((handle) => signUp(handle)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await users()).filter(({ role }) => role === "admin")).toHaveLength(1);
  });

  test("of two with one handle at one moment, one is made, whole", async () => {
    const answers = await Promise.all([signUp("ann"), signUp("ann")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
    expect(await users()).toHaveLength(1);
    expect(await database.prisma.account.count()).toBe(1);
  });
});

describe("signing in", () => {
  beforeEach(() => signUp("ann"));

  test("sets a cookie that scripts and other sites do not get", async () => {
    const { status, cookies } = await signIn("Ann");
    expect(status).toBe(200);
    expect(cookies.join("\n")).toMatch(/^braid\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/m);
  });

  test("works with the address here and with one verified elsewhere", async () => {
    const [ann] = await users();
    await database.prisma.address.create({ data: { id: "1", userId: ann?.id ?? "", value: "ann@example.org", verifiedAt: new Date() } });
    for (const email of ["ann@braid.test", "Ann@Example.org"]) expect((await call("/sign-in/email", { email, password: PASSWORD })).status).toBe(200);
    expect((await call("/sign-in/email", { email: "ben@example.org", password: PASSWORD })).status).toBe(401);
  });

  test("with a wrong password or handle gives the same answer", async () => {
    const answers = [await signIn("ann", "wrong password"), await signIn("nobody")];
    for (const { status, answer } of answers) expect({ status, answer }).toMatchObject({ status: 401, answer: { code: "INVALID_USERNAME_OR_PASSWORD" } });
  });

  test("from another site is refused", async () => {
    const { cookie } = await signIn("ann");
    const headers = { origin: "https://evil.example", cookie, "content-type": "application/json" };
    const answer = await auth.handler(new Request(`${ORIGIN}/api/auth/sign-out`, { method: "POST", headers, body: "{}" }));
    expect(answer.status).toBe(403);
  });

  test("is limited for each address, whichever way is tried", async () => {
    build({ ...GENEROUS, signIn: 3 });
    const tries = [
      await signIn("ann", "wrong one"),
      await call("/sign-in/email", { email: "a@b.example", password: "wrong one" }),
      await signIn("ann", "wrong one"),
    ];
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect((await signIn("ann")).status).toBe(429);
    expect((await signIn("ann", PASSWORD, "192.0.2.2")).status).toBe(200);
    now += 61_000;
    expect((await signIn("ann")).status).toBe(200);
  });
});

describe("a session", () => {
  let cookie: string;
  let ended: EndedSession[];
  beforeEach(async () => {
    cookie = (await signUp("ann")).cookie;
    ended = [];
    sessions.onRevoked((session) => ended.push(session));
  });

  test("says who is calling", async () => {
    const [ann] = await users();
    expect(await sessions.read({ cookie: `theme=dark; ${cookie}` })).toMatchObject({ userId: ann?.id, role: "admin" });
    expect(await sessions.read({})).toBeUndefined();
    expect(await sessions.read({ cookie: cookie.replace(/=..../, "=AAAA") })).toBeUndefined();
  });

  test("is read once for many calls", async () => {
    await sessions.read({ cookie });
    await database.prisma.session.deleteMany();
    expect(await sessions.read({ cookie })).toBeDefined();
    now += 5_000;
    expect(await sessions.read({ cookie })).toBeUndefined();
    await expect(sessions.require({ cookie })).rejects.toMatchObject({ code: "account/expired" });
    await expect(sessions.require({})).rejects.toMatchObject({ code: "account/not-signed-in" });
  });

  test("ends at once when one signs out", async () => {
    const session = await sessions.read({ cookie });
    await call("/sign-out", {}, cookie);
    expect(await sessions.read({ cookie })).toBeUndefined();
    expect(ended).toEqual([{ sessionId: session?.sessionId, userId: session?.userId }]);
  });

  test("can be ended from another one", async () => {
    const other = (await signIn("ann")).cookie;
    await sessions.read({ cookie });
    await call("/revoke-other-sessions", {}, other);
    expect(await sessions.read({ cookie })).toBeUndefined();
    expect(await sessions.read({ cookie: other })).toBeDefined();
    expect(ended).toHaveLength(1);
  });

  test("ends with a new password, if asked", async () => {
    const other = (await signIn("ann")).cookie;
    const change = { currentPassword: PASSWORD, newPassword: "battery staple", revokeOtherSessions: true };
    expect((await call("/change-password", change, other)).status).toBe(200);
    expect(await sessions.read({ cookie })).toBeUndefined();
    expect((await signIn("ann")).status).toBe(401);
  });

  test("is over after thirty days without use", async () => {
    await sessions.read({ cookie });
    const session = await sessions.read({ cookie });
    expect(session?.expiresAt).toBeGreaterThan(now + 29 * 86_400_000);
    now = session?.expiresAt ?? 0;
    expect(await sessions.read({ cookie })).toBeUndefined();
  });
});

describe("a second factor and passkeys", () => {
  test("TOTP: a code is asked for after the password", async () => {
    const { cookie } = await signUp("ann");
    const { answer } = await call("/two-factor/enable", { password: PASSWORD }, cookie);
    const secret = new URL((answer as { totpURI: string }).totpURI);
    expect(secret.searchParams.get("issuer")).toBe("Braid");
    const code = await totp(secret.searchParams.get("secret") ?? "");
    expect((await call("/two-factor/verify-totp", { code }, cookie)).status).toBe(200);
    const first = await signIn("ann");
    expect(first.answer).toMatchObject({ twoFactorRedirect: true });
    expect(await sessions.read({ cookie: first.cookie })).toBeUndefined();
    const second = await call("/two-factor/verify-totp", { code: await totp(secret.searchParams.get("secret") ?? "") }, first.cookie);
    expect(await sessions.read({ cookie: second.cookie })).toBeDefined();
  });

  test("options for a passkey name this site and this account", async () => {
    const { cookie } = await signUp("ann");
    const { answer } = await call("/passkey/generate-register-options?name=Laptop", undefined, cookie);
    expect(answer).toMatchObject({ rp: { id: "localhost", name: "Braid" } });
  });
});

/** RFC 6238 with SHA-1, 30 seconds and six digits, from a base32 secret. */
async function totp(secret: string): Promise<string> {
  const { createOTP } = await import("@better-auth/utils/otp");
  const { base32 } = await import("@better-auth/utils/base32");
  return createOTP(new TextDecoder().decode(base32.decode(secret)), { digits: 6, period: 30 }).totp();
}
