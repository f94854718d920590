import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { phoneKey } from "@/domain/phone";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import type { Database } from "./db/database";
import { Directory } from "./directory";
import { prefixesOf } from "./names";
import { People } from "./people";

let database: Database;
let directory: Directory;
let people: People;
let queries = 0;
let now = Date.now();
let counter = 0;
const minter = new IdMinter(
  () => now,
  (bytes) => new Uint8Array(bytes).fill(++counter),
);

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  const prisma = database.prisma.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        queries++;
        return query(args);
      },
    },
  }) as unknown as Database["prisma"];
  directory = new Directory({ prisma, domain: "braid.test", clock: () => now });
  people = new People({ prisma, directory, domain: "braid.test" });
  queries = 0;
});

async function add(name: string, handle: string, address?: string): Promise<string> {
  const id = minter.next();
  const addresses = address === undefined ? {} : { addresses: { create: { id: minter.next(), value: address, verifiedAt: new Date(now) } } };
  await database.prisma.user.create({ data: { id, name, handle, email: `${handle}@braid.test`, hue: 7, prefixes: prefixesOf(name, handle), ...addresses } });
  return id;
}
const found = async (query: string, limit = 10) => (await directory.search(query, { limit, asker: "nobody" })).map(({ name }) => name);

describe("people by id", () => {
  test("come in the order asked for, those outside too, and unknown ones not at all", async () => {
    const [ann, ben] = [await add("Ann", "ann"), await add("Ben", "ben")];
    const many = await directory.many([ben, "mailto:x@example.org", minter.next(), ann, ben]);
    expect([...many.keys()]).toEqual([ben, "mailto:x@example.org", ann]);
    expect(many.get(ann)).toEqual({ id: ann, name: "Ann", handle: "ann", hue: 7, outside: false });
    expect(many.get("mailto:x@example.org")).toMatchObject({ name: "x@example.org", outside: true });
  });

  test("are one query for all who ask at once, and none when warm", async () => {
    const [ann, ben] = [await add("Ann", "ann"), await add("Ben", "ben")];
    await Promise.all([directory.many([ann]), directory.many([ben, ann]), directory.get(ben)]);
    expect(queries).toBe(1);
    await directory.many([ann, ben]);
    expect(queries).toBe(1);
  });

  test("show a change at once when it was made here, and after a minute when elsewhere", async () => {
    const ann = await add("Ann", "ann");
    await directory.get(ann);
    await people.update(ann, { name: "Anna" });
    expect((await directory.get(ann))?.name).toBe("Anna");
    await database.prisma.user.update({ where: { id: ann }, data: { name: "Annie" } });
    expect((await directory.get(ann))?.name).toBe("Anna");
    now += 60_000;
    expect((await directory.get(ann))?.name).toBe("Annie");
  });

  test("are not kept from before a change that came while they were looked up", async () => {
    const ann = await add("Ann", "ann");
    const looking = directory.get(ann);
    directory.forget(ann);
    await looking;
    await database.prisma.user.update({ where: { id: ann }, data: { name: "Anna" } });
    expect((await directory.get(ann))?.name).toBe("Anna");
  });

  test("in hundreds take a query for each 512", async () => {
    await directory.many(Array.from({ length: 600 }, () => minter.next()));
    expect(queries).toBe(2);
  });
});

describe("people by address", () => {
  test("are found by what they verified and by their handle here, however it is written", async () => {
    const ann = await add("Ann", "ann", "ann@example.org");
    for (const address of ["ann@example.org", "Ann@Example.ORG", "ANN@braid.test"]) expect(await directory.byAddress(address)).toBe(ann);
    for (const address of ["ben@example.org", "ben@braid.test", "no address"]) expect(await directory.byAddress(address)).toBeUndefined();
    expect(await directory.addressesOf(ann)).toEqual(["ann@example.org"]);
  });

  test("nobody's addresses are remembered as such until an account changes", async () => {
    const ann = await add("Ann", "ann");
    await directory.byAddress("ann@example.org");
    await directory.byAddress("ann@example.org");
    expect(queries).toBe(1);
    await database.prisma.address.create({ data: { id: "1", userId: ann, value: "ann@example.org", verifiedAt: new Date(now) } });
    directory.forget(ann);
    expect(await directory.byAddress("ann@example.org")).toBe(ann);
  });

  test("a linked phone is its person's, and no address for mail", async () => {
    const ann = await add("Ann", "ann");
    const number = "+12025550143";
    expect(await directory.byPhone(number)).toBeUndefined();
    await database.prisma.phone.create({ data: { id: "1", userId: ann, number, key: phoneKey(number), verifiedAt: new Date(now) } });
    directory.forget(ann);
    queries = 0;
    for (let again = 0; again < 2; again++) {
      expect([await directory.byPhone(number), await directory.byAddress(number)]).toEqual([ann, ann]);
      expect(await directory.phonesOf(ann)).toEqual([number]);
    }
    expect(queries).toBe(2);
    expect(await directory.receivers(number)).toEqual([]);
  });

  test("mail for postmaster and abuse is the admins', for anybody else theirs", async () => {
    const [ann, ben, cid] = [await add("Ann", "ann"), await add("Ben", "ben"), await add("Cid", "cid")];
    expect(await directory.receivers("postmaster@braid.test")).toEqual([]);
    await database.prisma.user.updateMany({ where: { id: { in: [ann, cid] } }, data: { role: "admin" } });
    expect([...(await directory.receivers("postmaster@braid.test"))].sort()).toEqual([ann, cid].sort());
    expect(await directory.receivers("abuse@elsewhere.test")).toEqual([]);
    expect(await directory.receivers("ben@braid.test")).toEqual([ben]);
  });

  test("a handle is exact", async () => {
    await add("Ann", "ann");
    expect((await directory.byHandle("ann"))?.name).toBe("Ann");
    expect(await directory.byHandle("an")).toBeUndefined();
    expect(await directory.byHandle("'; DROP")).toBeUndefined();
  });
});

describe("search", () => {
  beforeEach(async () => {
    await add("Ann Archer", "ann", "ann@example.org");
    await add("Annika Ångström", "annika");
    await add("田中さくら", "sakura");
    await add("ليلى الحداد", "layla");
    await add("A".repeat(20), "long");
    queries = 0;
  });

  test.each([
    ["ann", ["Ann Archer", "Annika Ångström"]],
    ["ann ARCH", ["Ann Archer"]],
    ["angstrom", ["Annika Ångström"]],
    ["@lay", ["ليلى الحداد"]],
    ["الحد", ["ليلى الحداد"]],
    ["さくら", ["田中さくら"]],
    ["aaaaaaaaaaaaaaaaaaa", ["A".repeat(20)]],
    ["aaaaaaaaaaaaaaaaaab", []],
    ["ann@example.org", ["Ann Archer"]],
    ["ann@example", []],
    ["rcher", []],
    ["%", []],
    ["", []],
  ])("for %s", async (query, names) => expect(await found(query)).toEqual(names));

  test("puts the one whose handle it is first, and gives no more than asked for", async () => {
    await add("Aaron", "aaron.ann");
    expect((await found("ann"))[0]).toBe("Ann Archer");
    expect(await found("ann", 2)).toHaveLength(2);
  });

  test("leaves out who asks, and offers an address of nobody here", async () => {
    const ann = (await directory.byHandle("ann"))?.id ?? "";
    expect((await people.search(ann, "ann", 5)).map(({ handle }) => handle)).toEqual(["annika"]);
    expect(await people.search(ann, "new@example.org", 5)).toEqual([expect.objectContaining({ id: "mailto:new@example.org", outside: true })]);
    expect(await people.search(ann, "nobody@braid.test", 5)).toEqual([]);
    expect(await people.search(ann, "ann@example.org", 5)).toEqual([]);
  });

  test("finds whom a number reaches, dialled from where one's own phone, this Braid or the device is", async () => {
    const ann = (await directory.byHandle("ann"))?.id ?? "";
    const ids = async (query: string, region?: string) => (await people.search(ann, query, 5, region)).map(({ id }) => id);
    expect(await people.search(ann, "+44 7700 900123", 5)).toEqual([expect.objectContaining({ id: "tel:+447700900123", name: "+44 7700 900123" })]);
    expect(await ids("07700 900123")).toEqual([]);
    expect(await ids("07700 900123", "GB")).toEqual(["tel:+447700900123"]);
    const here = new People({ prisma: database.prisma, directory, domain: "braid.test", country: "GB" });
    expect((await here.search(ann, "07700 900123", 5, "US")).map(({ id }) => id)).toEqual(["tel:+447700900123"]);
    await database.prisma.phone.create({ data: { id: "1", userId: ann, number: "+390612345678", key: "+390612345678", verifiedAt: new Date(now) } });
    directory.forget(ann);
    expect((await here.search(ann, "06 8765 4321", 5, "US")).map(({ id }) => id)).toEqual(["tel:+390687654321"]);
    expect(await ids("+1 555 0100")).toEqual([]);
  });
});

describe("one's own account", () => {
  test("a new handle brings its address and its words", async () => {
    const ann = await add("Ann Archer", "ann");
    expect(await people.update(ann, { handle: "Archer" })).toMatchObject({ handle: "archer", name: "Ann Archer" });
    expect(await people.me(ann)).toMatchObject({ email: "archer@braid.test", role: "member" });
    expect(await directory.byAddress("archer@braid.test")).toBe(ann);
    expect(await directory.byAddress("ann@braid.test")).toBeUndefined();
  });

  test("a handle that is kept for others cannot be taken, but one that somebody has stays theirs", async () => {
    const [ann, root] = [await add("Ann", "ann"), await add("Root", "root")];
    await expect(people.update(ann, { handle: "no-reply" })).rejects.toMatchObject({ code: "account/handle-taken" });
    expect(await people.update(root, { name: "Rita" })).toMatchObject({ handle: "root", name: "Rita" });
  });

  test("wrong changes change nothing", async () => {
    const ann = await add("Ann", "ann");
    await add("Ben", "ben");
    await expect(people.update(ann, { handle: "ben" })).rejects.toMatchObject({ code: "account/handle-taken" });
    await expect(people.update(ann, { handle: "a b" })).rejects.toMatchObject({ code: "request/invalid" });
    await expect(people.update(ann, { name: " \u202e " })).rejects.toMatchObject({ code: "request/invalid" });
    expect(await people.me(ann)).toMatchObject({ name: "Ann", handle: "ann" });
  });
});
