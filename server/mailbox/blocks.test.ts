import { expect, test } from "vitest";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { nth } from "@/testkit/actions";
import { Blocks } from "./blocks";
import { ARCHIVE, logBlock, MAILBOX_TABLES, utf8 } from "./schema";

/** How often the store is read when a block of these items is asked for ten times at once, and once more. */
async function readsOf(items: readonly unknown[]): Promise<[number, number]> {
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });
  const blocks = new Blocks(store);
  const key = logBlock(nth(1, 0), 2);
  await blocks.write(key, { first: 1, last: 2 }, items);
  const readAgain = async (times: number) => {
    const before = store.stats().reads;
    const found = await Promise.all(Array.from({ length: times }, () => blocks.read([key])));
    expect(found).toEqual(Array.from({ length: times }, () => [items]));
    return store.stats().reads - before;
  };
  return [await readAgain(10), await readAgain(1)];
}

test("a block that many ask for at once is opened once, and remembered unless it is large", async () => {
  expect(await readsOf(["small", "block"])).toEqual([1, 0]);
  expect(await readsOf(["large", "x".repeat(300_000)])).toEqual([1, 1]);
});

test("a block that is not there is looked for again: it is not remembered as missing", async () => {
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });
  const blocks = new Blocks(store);
  const key = logBlock(nth(1, 0), 1);
  await expect(blocks.read([key])).rejects.toMatchObject({ kind: "corrupt" });
  await blocks.write(key, { first: 1, last: 1 }, ["now"]);
  expect(await blocks.read([key])).toEqual([["now"]]);
});

test("no bit of a block can change without notice", async () => {
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });
  const key = logBlock(nth(1, 0), 1);
  const items = Array.from({ length: 50 }, (_, i) => ({ id: nth(3, i), text: `message ${i} says ${(i * 7919) % 1000} things` }));
  await new Blocks(store).write(key, { first: 1, last: 1 }, items);
  const [row] = await store.getMany(ARCHIVE.name, [key], { columns: [{ family: "block", qualifier: utf8("data") }] });
  const data = row?.families.block?.[0]?.value as Buffer;
  for (let bit = 0; bit < 8 * data.length; bit += 37) {
    const rot = Buffer.from(data);
    rot.writeUInt8(rot.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    await store.mutateRow(ARCHIVE.name, key, [{ kind: "put", family: "block", qualifier: utf8("data"), value: rot }]);
    await expect(new Blocks(store).read([key])).rejects.toMatchObject({ kind: "corrupt" });
  }
});
