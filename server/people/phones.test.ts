import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/domain/error";
import { IdMinter } from "@/domain/id";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import type { Database } from "./db/database";
import type { CodeLimits } from "./phone-codes";
import { PhoneBook, type PhoneMove } from "./phones";

let database: Database;
let book: PhoneBook;
let sent: { to: string; code: string }[];
let changed: string[];
let told: PhoneMove[];
let failures: unknown[];
let unsent: AppError | undefined;
let now: number;
let counter = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  [sent, changed, told, failures, unsent, now] = [[], [], [], [], undefined, 1_900_000_000_000];
  for (const id of ["ann", "ben", "cid"])
    await database.prisma.user.create({ data: { id, name: id, handle: id, email: `${id}@braid.test`, hue: 1, prefixes: [] } });
  book = bookOf();
});

function bookOf(limits?: CodeLimits, tell: (move: PhoneMove) => Promise<void> = async (move) => void told.push(move)): PhoneBook {
  const clock = () => now;
  const random = (bytes: number) => new Uint8Array(bytes).fill(++counter);
  const minter = new IdMinter(clock, random);
  return new PhoneBook({
    ...{ prisma: database.prisma, clock, random, mintId: () => minter.next(), secret: "secret", tell },
    sendCode: async (sms) => {
      if (unsent !== undefined) throw unsent;
      sent.push(sms);
    },
    changed: (userId) => void changed.push(userId),
    failed: (error) => void failures.push(error),
    ...(limits && { limits }),
  });
}

const MINUTE = 60_000;
const NORA = "+12025550143";
const HERE = "192.0.2.1";
const lastCode = () => sent.at(-1)?.code ?? "";
const other = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, "0");
const fails = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });
const link = async (user: string, number: string) => {
  await book.claim(user, number, HERE);
  await book.confirm(user, lastCode(), HERE);
};
const ownerOf = async (number: string) => (await database.prisma.phone.findUnique({ where: { key: number } }))?.userId;

describe("a code that one asked for", () => {
  test("proves a phone when it comes back", async () => {
    await book.claim("ann", " +1 (202) 555-0143 ", HERE);
    expect(sent).toEqual([{ to: NORA, code: expect.stringMatching(/^\d{6}$/) }]);
    expect(await book.list("ann")).toEqual([{ number: NORA }]);
    expect(await ownerOf(NORA)).toBeUndefined();
    expect(await book.confirm("ann", ` ${lastCode().slice(0, 3)} ${lastCode().slice(3)}`, HERE)).toEqual({ number: NORA });
    expect(await book.list("ann")).toEqual([{ number: NORA, linkedAt: now }]);
    expect(changed).toEqual(["ann"]);
  });

  test("is not stored", async () => {
    await book.claim("ann", NORA, HERE);
    expect(JSON.stringify(await database.prisma.phoneCode.findMany())).not.toContain(lastCode());
  });

  test("is for one account, for fifteen minutes, once", async () => {
    await book.claim("ann", NORA, HERE);
    await fails(book.confirm("ben", lastCode(), HERE), "address/wrong-code");
    now += 15 * MINUTE;
    await fails(book.confirm("ann", lastCode(), HERE), "address/wrong-code");
    await link("ann", NORA);
    await book.remove("ann", NORA);
    await fails(book.confirm("ann", lastCode(), HERE), "address/wrong-code");
    expect(await book.list("ann")).toEqual([]);
  });

  test("takes the place of the last one to the same phone, and of no other", async () => {
    await book.claim("ann", NORA, HERE);
    const first = lastCode();
    await book.claim("ann", "+447700900123", HERE);
    const elsewhere = lastCode();
    await book.claim("ann", NORA, HERE);
    await fails(book.confirm("ann", first, HERE), "address/wrong-code");
    expect(await book.confirm("ann", elsewhere, HERE)).toEqual({ number: "+447700900123" });
    expect(await book.confirm("ann", lastCode(), HERE)).toEqual({ number: NORA });
  });

  test("is not awaited when it could not be sent", async () => {
    unsent = new AppError("phone/stopped");
    await fails(book.claim("ann", NORA, HERE), "phone/stopped");
    expect(await book.list("ann")).toEqual([]);
  });

  test("is not sent to a phone one has", async () => {
    await link("ann", NORA);
    await book.claim("ann", NORA, HERE);
    expect(sent).toHaveLength(1);
  });

  test.each(["", "202 555 0143", "no number", "+0123456789"])("is not for %j", (text) => fails(book.claim("ann", text, HERE), "address/invalid"));
});

describe("a code that the phone asked for", () => {
  test("links it to whoever enters it, once", async () => {
    const code = (await book.asked(NORA)) as string;
    expect(code).toMatch(/^\d{10}$/);
    expect(await book.confirm("ben", `${code.slice(0, 3)}-${code.slice(3, 6)}-${code.slice(6)}`, HERE)).toEqual({ number: NORA });
    await fails(book.confirm("ann", code, HERE), "address/wrong-code");
    expect(await ownerOf(NORA)).toBe("ben");
  });

  test("does not come a fourth time within an hour", async () => {
    for (let times = 0; times < 3; times++) expect(await book.asked(NORA)).toBeDefined();
    expect(await book.asked(NORA)).toBeUndefined();
    now += 60 * MINUTE;
    expect(await book.asked(NORA)).toBeDefined();
  });
});

describe("tries", () => {
  test("five for an account, also when they come at once; then the right code is wrong too", async () => {
    await book.claim("ann", NORA, HERE);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => book.confirm("ann", other(lastCode()), HERE)));
    const codes = tries.map((one) => (one.status === "rejected" ? one.reason.code : "linked"));
    expect(codes.filter((code) => code === "address/wrong-code")).toHaveLength(5);
    expect(codes.filter((code) => code === "request/too-many")).toHaveLength(3);
    await fails(book.confirm("ann", lastCode(), HERE), "request/too-many");
    now += 15 * MINUTE;
    await link("ann", NORA);
  });

  test("twenty from one network address, whoever makes them", async () => {
    for (let i = 0; i < 20; i++) {
      const id = `u${i}`;
      await database.prisma.user.create({ data: { id, name: id, handle: id, email: `${id}@braid.test`, hue: 1, prefixes: [] } });
      await fails(book.confirm(id, "0000000000", HERE), "address/wrong-code");
    }
    await fails(book.confirm("ann", "0000000000", HERE), "request/too-many");
    await fails(book.confirm("ann", "0000000000", "192.0.2.2"), "address/wrong-code");
  });
});

describe("codes are few", () => {
  const many: CodeLimits = { phone: 9, account: 9, caller: 9, range: 9, country: 9, all: 9 };
  const others = {
    phone: { user: "ben", number: NORA, caller: "192.0.2.2" },
    account: { user: "ann", number: "+447700900123", caller: "192.0.2.2" },
    caller: { user: "ben", number: "+447700900123", caller: HERE },
  } as const;

  test.each(["phone", "account", "caller"] as const)("for one %s, also when they are asked for at once", async (kind) => {
    const other = others[kind];
    book = bookOf({ ...many, [kind]: 2 });
    const claims = await Promise.allSettled([1, 2, 3, 4].map(() => book.claim("ann", NORA, HERE)));
    expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await fails(book.claim(other.user, other.number, other.caller), "request/too-many");
    await book.claim("cid", "+61491570156", "192.0.2.3");
    now += 60 * MINUTE;
    await book.claim(other.user, other.number, other.caller);
  });

  test("for numbers that begin alike, for one country, and in all", async () => {
    const claim = (user: string, number: string) => book.claim(user, number, `of ${number}`);
    book = bookOf({ ...many, range: 1 });
    await claim("ann", NORA);
    await fails(claim("ben", "+12025550199"), "phone/no-more-codes");
    await claim("ben", "+12035550199");
    book = bookOf({ ...many, country: 2 });
    await fails(claim("cid", "+13055550100"), "phone/no-more-codes");
    await claim("cid", "+447700900123");
    book = bookOf({ ...many, all: 3 });
    await fails(claim("cid", "+61491570156"), "phone/no-more-codes");
    expect(await book.asked("+61491570156")).toBeUndefined();
  });
});

describe("a phone that is another's", () => {
  test("is asked for as any other, goes to who proves it, and its owner is told", async () => {
    await link("ann", NORA);
    changed = [];
    await book.claim("ben", NORA, HERE);
    await fails(book.confirm("ben", other(lastCode()), HERE), "address/wrong-code");
    expect([await ownerOf(NORA), told]).toEqual(["ann", []]);
    await book.confirm("ben", lastCode(), HERE);
    expect(await ownerOf(NORA)).toBe("ben");
    expect(changed).toEqual(["ben", "ann"]);
    expect(told).toEqual([{ id: expect.any(String), number: NORA, from: "ann", to: "ben", at: now }]);
    await book.tellMoves();
    expect(told).toHaveLength(1);
  });

  test("is told of later when it could not be told at once", async () => {
    await link("ann", NORA);
    book = bookOf(undefined, () => Promise.reject(new Error("away")));
    await link("ben", NORA);
    expect([failures.length, await ownerOf(NORA)]).toEqual([1, "ben"]);
    await bookOf().tellMoves();
    expect(told).toMatchObject([{ number: NORA, from: "ann", to: "ben" }]);
  });

  test("is not given up by who has it no longer", async () => {
    await link("ann", NORA);
    await link("ben", NORA);
    await book.remove("ann", NORA);
    expect(await ownerOf(NORA)).toBe("ben");
  });
});

test("a phone with two numbers is one phone, and keeps the number that was typed", async () => {
  const [long, short] = ["+5215512345678", "+525512345678"];
  await link("ann", long);
  await book.claim("ann", short, HERE);
  expect([sent.length, await book.list("ann")]).toEqual([1, [{ number: long, linkedAt: now }]]);
  await link("ben", short);
  expect([await book.list("ann"), await book.list("ben")]).toEqual([[], [{ number: short, linkedAt: now }]]);
});

test("an account has ten phones at most", async () => {
  for (let i = 0; i < 10; i++) {
    const number = `+1202555010${i}`;
    await database.prisma.phone.create({ data: { id: String(i), userId: "ann", number, key: number, verifiedAt: new Date(now) } });
  }
  await fails(book.claim("ann", NORA, HERE), "request/invalid");
  await fails(book.confirm("ann", (await book.asked(NORA)) as string, HERE), "request/invalid");
});
