import { expect, test } from "vitest";
import { outsidePerson } from "@/domain/person";
import { nth } from "@/testkit/actions";
import { ManualClock } from "@/testkit/clock";
import { Company } from "./company";
import { People } from "./people";
import type { Topic } from "./topics";

const [ann, ben] = [nth(1, 1), nth(1, 2)];
const thread = nth(2, 1);

function company() {
  const time = new ManualClock();
  const watched: (readonly string[])[] = [];
  const typed: string[] = [];
  const touched: Topic[] = [];
  const signals = { watch: (ids: readonly string[]) => watched.push(ids), typing: (id: string) => typed.push(id) };
  const it = new Company({ signals: signals as never, clock: time.clock, timers: time, touch: (...topics) => touched.push(...topics) });
  return { time, watched, typed, touched, company: it };
}

test("a typing sign fades, is renewed by the next, and ends with the message", () => {
  const { company: it, time } = company();
  it.typingTold(thread, ann);
  time.advance(5_000);
  it.typingTold(thread, ann);
  it.typingTold(thread, ben);
  time.advance(5_000);
  expect(it.typingIn(thread)).toEqual([ann, ben]);
  it.stopped(thread, ben);
  expect(it.typingIn(thread)).toEqual([ann]);
  time.advance(1_000);
  expect(it.typingIn(thread)).toEqual([]);
});

test("the own typing is told every three seconds, and anew after a message", () => {
  const { company: it, time, typed } = company();
  for (let i = 0; i < 10; i++) {
    it.type(thread);
    time.advance(500);
  }
  expect(typed).toHaveLength(2);
  it.typed(thread);
  it.type(thread);
  expect(typed).toHaveLength(3);
});

test("presence is asked for in all the threads anybody wants, once a change, and again on a new connection", () => {
  const { company: it, watched } = company();
  const stop = it.watch([nth(2, 1), nth(2, 2)]);
  it.watch([nth(2, 2), nth(2, 3)]);
  stop();
  it.watch([nth(2, 3)]);
  it.connected();
  expect(watched.map((ids) => ids.length)).toEqual([2, 3, 2, 2]);
  it.watch(Array.from({ length: 150 }, (_, n) => nth(4, n)));
  expect(watched.at(-1)).toHaveLength(100);
});

test("without a connection nobody's presence is known", () => {
  const { company: it } = company();
  it.presenceTold({ [ann]: "online" });
  it.presenceTold({ [ben]: "away" });
  expect([...it.presence]).toEqual([
    [ann, "online"],
    [ben, "away"],
  ]);
  it.typingTold(thread, ann);
  it.disconnected();
  expect([it.presence.size, it.typingIn(thread)]).toEqual([0, []]);
});

test("people drawn together are asked for together, once; people outside are known by what conversations call them", async () => {
  const time = new ManualClock();
  const asked: (readonly string[])[] = [];
  let broken = false;
  const people = new People({
    clock: time.clock,
    timers: time,
    touch: () => {},
    many: async (ids) => {
      asked.push(ids);
      if (broken) throw new Error("no network");
      return ids.filter((id) => !id.includes(":")).map((id) => ({ id, name: `name of ${id}`, outside: false, hue: 0 }));
    },
  });
  people.want([ann]);
  people.want([ann, ben, "mailto:nora@example.org"]);
  time.advance(10);
  await Promise.resolve();
  people.want([ann]);
  time.advance(10);
  expect(asked).toEqual([[ann, ben]]);
  expect(people.get("mailto:nora@example.org")).toMatchObject({ name: "nora@example.org", outside: true });
  people.name({ "mailto:nora@example.org": "Nora" });
  expect(people.get("mailto:nora@example.org")?.name).toBe("Nora");
  const tom = "tel:+447700900123";
  people.want([tom]);
  expect(people.get(tom)?.name).toBe("+44 770 090 0123"); // until the server says how it is written
  people.know([{ ...outsidePerson(tom), name: "+44 7700 900123", shown: "+44 7700 900123" }]);
  expect(people.get(tom)).toMatchObject({ name: "+44 7700 900123", shown: "+44 7700 900123" });
  people.name({ [tom]: "Tom" });
  people.know([{ ...outsidePerson(tom), name: "+44 7700 900123", shown: "+44 7700 900123" }]);
  expect(people.get(tom)).toMatchObject({ name: "Tom", shown: "+44 7700 900123" });
  time.advance(10);
  expect(asked.at(-1)).toEqual([tom]);
  broken = true;
  people.want([thread]);
  time.advance(10);
  await new Promise((go) => setImmediate(go));
  broken = false;
  people.again();
  await new Promise((go) => setImmediate(go));
  expect(people.get(thread)?.name).toBe(`name of ${thread}`);
});
