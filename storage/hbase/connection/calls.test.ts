import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Call, Calls, type Group } from "./calls";

const LIMIT = 256;
const newGroup = (): Group => ({ underWay: 0 });
const call = (group: Group, expires = 1000) => ({ group, expires }) as Call;
/** Sends what may go, as a connection does. */
function offer(calls: Calls, one: Call): void {
  if (calls.mayGo(one.group)) calls.send(one);
  else calls.wait(one);
}
function fill(calls: Calls, group: Group, count: number): void {
  for (let i = 0; i < count; i++) offer(calls, call(group));
}

test("one group takes three quarters of the places, a second one most of the rest, and there is still room", () => {
  const calls = new Calls(LIMIT);
  const [first, second, third] = [newGroup(), newGroup(), newGroup()];
  fill(calls, first, 1000);
  expect(calls.sent.size).toBe(192);
  fill(calls, second, 1000);
  expect(calls.sent.size).toBe(240);
  expect(calls.mayGo(third)).toBe(true);
  expect(calls.waiting).toBe(1000 - 192 + 1000 - 48);
});

test("groups take turns, and in a group who came first goes first", () => {
  const calls = new Calls(4);
  const [a, b] = [newGroup(), newGroup()];
  const waiting = [call(a), call(a), call(b), call(b)];
  for (const one of waiting) calls.wait(one);
  expect([calls.next(), calls.next(), calls.next(), calls.next()]).toEqual([waiting[0], waiting[2], waiting[1], waiting[3]]);
  expect(calls.next()).toBeUndefined();
});

test("nobody overtakes those of the same group who wait", () => {
  const calls = new Calls(4);
  const group = newGroup();
  calls.wait(call(group));
  expect(calls.mayGo(group)).toBe(false);
  expect(calls.mayGo(newGroup())).toBe(true);
});

test("what has run out of time is taken out, waiting or sent", () => {
  const calls = new Calls(2);
  const groups = [newGroup(), newGroup(), newGroup()];
  groups.forEach((group, i) => {
    offer(calls, call(group, 10 + i));
  });
  const late = calls.expired(12);
  expect([late.sent.length, late.waiting.length]).toEqual([2, 1]);
  expect(calls.idle).toBe(true);
});

test("never more under way than there are places; all that is offered comes out once", () => {
  const groups = [newGroup(), newGroup(), newGroup(), newGroup()];
  const step = fc.oneof(fc.record({ offer: fc.nat({ max: 3 }) }), fc.constant("answer" as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.integer({ min: 1, max: 8 }), (steps, limit) => {
      const calls = new Calls(limit);
      let offered = 0;
      let answered = 0;
      const answer = () => {
        const [id] = calls.sent.keys();
        if (id !== undefined && calls.take(id)) answered++;
        for (let next = calls.next(); next; next = calls.next()) calls.send(next);
      };
      for (const one of steps) {
        if (one === "answer") answer();
        else offer(calls, call(groups[one.offer]!));
        if (one !== "answer") offered++;
        expect(calls.sent.size).toBeLessThanOrEqual(limit);
      }
      while (!calls.idle) answer();
      expect(answered).toBe(offered);
    }),
  );
});
