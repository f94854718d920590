import { expect, it } from "vitest";
import { checkMailbox, type Fought } from "./check-mailbox";

const texts = ["a-1", "b-1", "a-2"];
const right: Fought = {
  acknowledged: [["a-1", "a-2"], ["b-1"]],
  log: [{ seq: 1 }, ...texts.map((text, i) => ({ seq: i + 2, text }))],
  ...{ sender: texts, recipient: texts, derived: ["d"], replayed: ["d"] },
};

it("lets pass a mailbox in which all is once and in order, and a message nobody was told of", () => {
  expect(checkMailbox(right)).toEqual([]);
  expect(checkMailbox({ ...right, acknowledged: [["a-1"], []] })).toEqual([]);
});

it.each([
  ["a lost message", { acknowledged: [["a-1", "a-2", "a-3"], ["b-1"]] }, "a-3 is lost"],
  ["a wrong order", { acknowledged: [["a-2", "a-1"], ["b-1"]] }, "a-1 stands before a-2"],
  ["a gap", { log: [{ seq: 2 }, ...right.log.slice(1)] }, "entry 2 is in position 1 of the log"],
  ["a message twice", { log: [...right.log, { seq: 5, text: "b-1" }] }, "b-1 is in the log twice"],
  ["a sender who sees less", { sender: ["a-1", "b-1"] }, "the sender's conversation is not what the log says"],
  ["a recipient who sees another order", { recipient: ["b-1", "a-1", "a-2"] }, "the recipient's conversation is not what the log says"],
  ["a badge that lies", { replayed: ["e"] }, "what is derived is not what the log makes"],
] as [string, Partial<Fought>, string][])("catches %s", (_, change, words) => {
  expect(checkMailbox({ ...right, ...change })).toContain(words);
});
