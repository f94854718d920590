import { expect, test } from "vitest";
import { type DoubtFacts, decideDoubt, GRACE } from "./decide-doubt";

const AT = 1_000_000;
const facts = (more: Partial<DoubtFacts> = {}): DoubtFacts => ({
  ...{
    now: AT + 1_000,
    upSince: AT - 60_000,
    text: "Ann: the path is open",
    pieces: [{ piece: 0, at: AT }],
    receipts: [],
    before: [],
    shut: undefined,
    underWaySince: undefined,
  },
  ...more,
});
const came = (id: string, at = AT + 500, more: { words?: string; mine?: number } = {}) => ({ id, at, ...more });
const late = { now: AT + GRACE };
const adopted = (more: Partial<DoubtFacts>) => decideDoubt(facts(more)).adopt.map(({ piece, id }) => `${piece} ${id}`);

test.each([
  ["no receipt, too early", {}, [], "wait"],
  ["no receipt, time is over", late, [], "go-on"],
  ["no receipt, and the carrier is away", { ...late, upSince: undefined }, [], "wait"],
  ["no receipt, and the carrier is back only now", { ...late, upSince: AT + GRACE - 1 }, [], "wait"],
  ["its receipt", { receipts: [came("a")] }, ["0 a"], "go-on"],
  ["its receipt, which came while the clock was set back", { receipts: [came("a", AT - 1_000)] }, ["0 a"], "go-on"],
  ["a receipt from before", { receipts: [came("a", AT - 3_000)] }, [], "wait"],
  ["the first of two", { receipts: [came("a"), came("b")] }, ["0 a"], "go-on"],
  ["one that says how another text begins", { receipts: [came("a", AT, { words: "Ben: who has" }), came("b")] }, ["0 b"], "go-on"],
  ["one that says how it begins", { receipts: [came("a", AT, { words: "Ann: THE PATH is ope" })] }, ["0 a"], "go-on"],
  ["one that is of who went before", { receipts: [came("a")], before: [{ at: AT - 1, text: "Ann: hello" }] }, [], "wait"],
  ["the one after that", { receipts: [came("a"), came("b")], before: [{ at: AT - 1, text: "Ann: hello" }] }, ["0 b"], "go-on"],
  ["the first, when the other was shut", { receipts: [came("a")], before: [{ at: AT - 9, text: "Ann: hello", shut: AT }] }, ["0 a"], "go-on"],
  ["none, when it was shut itself", { receipts: [came("a")], shut: AT + 500 }, [], "wait"],
  ["one that may be of what is under way", { ...late, receipts: [came("a")], underWaySince: AT + 400 }, [], "wait"],
  ["one that came before what is under way", { receipts: [came("a")], underWaySince: AT + 600 }, ["0 a"], "go-on"],
  ["one it was given before a crash", { receipts: [came("a"), came("b", AT, { mine: 0 })] }, ["0 b"], "go-on"],
] satisfies [string, Partial<DoubtFacts>, string[], string][])("%s", (_, more, adopt, rest) => {
  expect([adopted(more), decideDoubt(facts(more)).rest]).toEqual([adopt, rest]);
});

test("pieces are given receipts in their order, and what is left goes again when time is over", () => {
  const pieces = [0, 2, 3].map((piece) => ({ piece, at: AT }));
  const receipts = [came("a"), came("b", AT + 600)];
  expect(adopted({ pieces, receipts })).toEqual(["0 a", "2 b"]);
  expect(decideDoubt(facts({ pieces, receipts })).rest).toBe("wait");
  expect(decideDoubt(facts({ pieces, receipts, ...late })).rest).toBe("go-on");
});

test("letters that carriers write in their own way prove nothing", () => {
  expect(adopted({ text: "Ann: über den Pass", receipts: [came("a", AT, { words: "Ann: ?ber den Pass" })] })).toEqual(["0 a"]);
});
