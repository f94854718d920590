import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TextWishes, USUAL_WISHES } from "@/domain/texting";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import type { Database } from "./db/database";
import { TextWishesOfPeople } from "./text-wishes";

let database: Database;
let asked: number;
const wishes = () =>
  new TextWishesOfPeople({
    prisma: database.prisma,
    clock: () => 1_900_000_000_000,
    phonesOf: async (person) => {
      asked++;
      return person === "ann" ? ["+12025550143"] : [];
    },
  });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  asked = 0;
  for (const handle of ["ann", "ben"])
    await database.prisma.user.create({ data: { id: handle, name: handle, handle, email: `${handle}@braid.test`, hue: 1, prefixes: [] } });
});

const OTHER: TextWishes = {
  ...{ on: false, kinds: { direct: false, group: true, email: true }, zone: "Asia/Kathmandu", daily: 100, off: ["+12025550143"] },
  quiet: { from: 0, to: 1_439 },
};
const { quiet: _none, ...LOUD } = OTHER;

test("what is usual holds until somebody says what they want, and that stays", async () => {
  expect(await wishes().of("ann")).toEqual({ phones: ["+12025550143"], wishes: USUAL_WISHES, said: false });
  const one = wishes();
  for (const said of [OTHER, LOUD, OTHER]) {
    expect(await one.save("ann", said)).toEqual({ phones: ["+12025550143"], wishes: said, said: true });
    expect((await one.of("ann")).wishes).toEqual(said);
    expect((await wishes().of("ann")).wishes).toEqual(said);
  }
  expect((await wishes().of("ben")).said).toBe(false);
});

test("nobody without a phone is asked about", async () => {
  expect(await wishes().ofLinked("ben")).toBeUndefined();
  expect((await wishes().ofLinked("ann"))?.wishes).toEqual(USUAL_WISHES);
  expect(asked).toBe(3);
});

test.each([
  [{ quiet: { from: 60, to: 60 } }, "begin and end at different"],
  [{ quiet: { from: -1, to: 60 } }, "begin and end at different"],
  [{ quiet: { from: 0, to: 1_440 } }, "begin and end at different"],
  [{ zone: "Mars/Olympus" }, "no such time zone"],
  [{ daily: 0 }, "from 1 to 100"],
  [{ daily: 101 }, "from 1 to 100"],
  [{ daily: 1.5 }, "from 1 to 100"],
])("%j is refused, and nothing changes", async (change, words) => {
  await expect(wishes().save("ann", { ...OTHER, ...change })).rejects.toMatchObject({ code: "request/invalid", message: expect.stringContaining(words) });
  expect((await wishes().of("ann")).said).toBe(false);
});
