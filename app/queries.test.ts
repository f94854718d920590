import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { queries } from "./queries";
import { Refusal } from "./ui/refusal";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  queries.clear();
});

async function triesAfter(error: Error): Promise<number> {
  const queryFn = vi.fn(() => Promise.reject(error));
  const done = queries.fetchQuery({ queryKey: ["x"], queryFn }).catch(() => undefined);
  await vi.runAllTimersAsync();
  await done;
  return queryFn.mock.calls.length;
}

test("a refusal is final, silence is tried three times", async () => {
  expect(await triesAfter(new Refusal("account/forbidden", "No."))).toBe(1);
  expect(await triesAfter(new TypeError("Failed to fetch"))).toBe(3);
});

const change = (mutationKey?: readonly string[]) =>
  queries
    .getMutationCache()
    .build(queries, { mutationFn: async () => "done", ...(mutationKey && { mutationKey }) })
    .execute(undefined);

test("a change makes what is under its key be asked for again, and nothing else", async () => {
  const invalid = () => [["account", "me"], ["mails"]].map((queryKey) => queries.getQueryState(queryKey)?.isInvalidated);
  queries.setQueryData(["account", "me"], "Ann");
  queries.setQueryData(["mails"], []);
  await change();
  expect(invalid()).toEqual([false, false]);
  await change(["account"]);
  expect(invalid()).toEqual([true, false]);
});
