import { expect, test } from "vitest";
import { del, encodeMutation, type Mutation, put } from "./mutations";

const row = Buffer.from("row");
const encode = (mutation: Mutation) => encodeMutation(row, mutation, { cellBlocks: true, maxCell: 100 });
const refused = (type: string) => expect.objectContaining({ kind: "refused", type });

test.each([-1, 0.5, Number.POSITIVE_INFINITY, 2 ** 64, Number.NaN])("the time %d is refused, as the server would take another for it", (ts) => {
  expect(() => encode(put(["f", "q", "v", ts]))).toThrow(refused("BadTimestamp"));
  expect(() => encode(del.column("f", "q", ts))).toThrow(refused("BadTimestamp"));
});

test("a cell that is too large is refused, whatever comes before it", () => {
  expect(() => encode(put(["f", "a", "v"], ["f", "b", "v".repeat(100)]))).toThrow(refused("CellTooLarge"));
});

test("says how many cells go beside the message, and none for a whole row that is deleted", () => {
  expect(encode(put(["f", "a", "v", 0], ["f", "b", "v", 7])).proto).toMatchObject({ associated_cell_count: 2, mutate_type: 2 });
  expect(encode(del.row()).proto.associated_cell_count).toBeUndefined();
});
