import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { type Assembled, type MessagePart, Reassembler, type ReassemblerOptions } from "./reassembler";

const TEN_MINUTES = 600_000;
const part = (number: number, total: number, text: string, more: Partial<MessagePart> = {}): MessagePart => ({
  from: "+1",
  to: "+2",
  reference: 7,
  total,
  number,
  text,
  ...more,
});
const texts = (out: readonly Assembled<MessagePart>[]): string[] => out.map((one) => (one.kind === "message" ? one.text : `repeat of ${one.parts.length}`));

function setUp(options: Partial<ReassemblerOptions> = {}) {
  const time = new ManualClock();
  const reassembler = new Reassembler<MessagePart>({ clock: time.clock, ...options });
  return {
    time,
    reassembler,
    add: (...given: MessagePart[]) => texts(given.flatMap((one) => reassembler.add(one))),
    expired: () => texts(reassembler.expired()),
  };
}

test("parts in any order make the text, with the parts it was made of", () => {
  const { reassembler, add } = setUp();
  expect(add(part(3, 3, "c"), part(1, 3, "a"))).toEqual([]);
  expect(reassembler.add(part(2, 3, "b"))).toEqual([{ kind: "message", text: "abc", missing: [], parts: [part(1, 3, "a"), part(2, 3, "b"), part(3, 3, "c")] }]);
  expect(reassembler.held).toBe(0);
  expect(add(part(1, 1, "alone", { reference: 8 }))).toEqual(["alone"]);
});

test("a pair cut in two by the sender is whole again", () => {
  expect(setUp().add(part(1, 2, "Hi \ud83d"), part(2, 2, "\ude00"))).toEqual(["Hi 😀"]);
});

test("people, references and totals keep messages apart", () => {
  const { add } = setUp();
  const others = [{ from: "+3" }, { to: "+4" }, { reference: 8 }, { total: 3 }];
  expect(add(part(1, 2, "a"), ...others.map((other) => part(2, 2, "x", other)))).toEqual([]);
  expect(add(part(2, 2, "b"))).toEqual(["ab"]);
});

describe("time", () => {
  test("gives what came, with a mark for each gap", () => {
    const { time, reassembler, expired, add } = setUp();
    add(part(2, 6, "b"), part(5, 6, "e"));
    time.advance(TEN_MINUTES - 1);
    expect(expired()).toEqual([]);
    time.advance(1);
    expect(reassembler.expired()).toMatchObject([{ text: "[…]b[…]e[…]", missing: [1, 3, 4, 6] }]);
    expect(expired()).toEqual([]);
    expect(reassembler.held).toBe(0);
  });

  test("a part that is later still comes alone, a repeat of one that went out does not", () => {
    const { time, expired, add } = setUp();
    add(part(1, 2, "a"));
    time.advance(TEN_MINUTES);
    expect(expired()).toEqual(["a[…]"]);
    add(part(2, 2, "b"));
    time.advance(TEN_MINUTES);
    expect(expired()).toEqual(["[…]b"]);
    add(part(2, 2, "b"));
    time.advance(TEN_MINUTES);
    expect(expired()).toEqual(["repeat of 1"]);
  });
});

describe("repeats", () => {
  test("before and after the message is whole", () => {
    const { time, expired, add } = setUp();
    expect(add(part(1, 2, "a"), part(1, 2, "a"), part(2, 2, "b"))).toEqual(["repeat of 1", "ab"]);
    expect(add(part(2, 2, "b"))).toEqual([]);
    time.advance(TEN_MINUTES);
    expect(expired()).toEqual(["repeat of 1"]);
  });

  test("of the whole message, until it is forgotten", () => {
    const { time, add } = setUp();
    const both = [part(1, 2, "a"), part(2, 2, "b")];
    expect(add(...both, ...both)).toEqual(["ab", "repeat of 2"]);
    time.advance(TEN_MINUTES);
    expect(add(...both)).toEqual(["ab"]);
  });
});

describe("a reference used again", () => {
  test("after the message is whole starts anew, though a part be the same", () => {
    const { add } = setUp();
    expect(add(part(1, 2, "a"), part(2, 2, "b"), part(1, 2, "a"), part(2, 2, "c"))).toEqual(["ab", "ac"]);
  });

  test("before it is whole gives out what there is", () => {
    const { add } = setUp();
    expect(add(part(1, 2, "old"), part(1, 2, "new"), part(2, 2, "er"))).toEqual(["old[…]", "newer"]);
  });
});

describe("bounds", () => {
  test("one sender's oldest message goes for his newest, and nobody else's", () => {
    const { reassembler, add } = setUp({ maxPartsOfSender: 3 });
    add(part(1, 2, "other", { from: "+9" }));
    expect(add(part(1, 3, "a"), part(2, 3, "b"), part(1, 2, "c", { reference: 8 }))).toEqual([]);
    expect(add(part(1, 2, "d", { reference: 9 }))).toEqual(["ab[…]"]);
    expect(reassembler.held).toBe(3);
  });

  test("the oldest of all goes when all is full", () => {
    const { reassembler, add } = setUp({ maxParts: 100 });
    const flood = Array.from({ length: 1_000 }, (_, index) => part(1, 2, `${index}`, { from: `+${index}` }));
    expect(add(...flood)).toEqual(flood.slice(0, 900).map(({ text }) => `${text}[…]`));
    expect(reassembler.held).toBe(100);
  });
});

test("what is remembered is bounded too: the oldest is forgotten first", () => {
  const { add } = setUp({ maxParts: 4 });
  const whole = (reference: number) => [part(1, 2, "a", { reference }), part(2, 2, "b", { reference })];
  expect(add(...whole(1), ...whole(2))).toEqual(["ab", "ab"]);
  expect(add(...whole(1))).toEqual(["repeat of 2"]);
  expect(add(...whole(3), ...whole(1), ...whole(3))).toEqual(["ab", "ab", "repeat of 2"]);
});

test("any order and any repeats: each text once, each part accounted for", () => {
  const message = fc.record({ from: fc.constantFrom("+1", "+3"), pieces: fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 8 }) });
  const scenario = fc.array(message, { minLength: 1, maxLength: 6 }).chain((messages) => {
    const all = messages.flatMap(({ from, pieces }, reference) => pieces.map((text, index) => part(index + 1, pieces.length, text, { from, reference })));
    const repeats = fc.subarray(all);
    return fc.tuple(
      fc.constant(messages),
      fc
        .tuple(repeats, repeats)
        .chain(([some, more]) => fc.shuffledSubarray([...all, ...some, ...more], { minLength: all.length + some.length + more.length })),
    );
  });
  fc.assert(
    fc.property(scenario, ([messages, arrivals]) => {
      const { time, reassembler } = setUp();
      const out = arrivals.flatMap((one) => reassembler.add(one));
      time.advance(TEN_MINUTES);
      out.push(...reassembler.expired());
      const came = texts(out.filter(({ kind }) => kind === "message"));
      expect(came.sort()).toEqual(messages.map(({ pieces }) => pieces.join("")).sort());
      expect(out.reduce((sum, { parts }) => sum + parts.length, 0)).toBe(arrivals.length);
      expect(reassembler.held).toBe(0);
    }),
    { seed: 9_2_3_24, numRuns: 500 },
  );
});
