import { afterAll, expect, test, vi } from "vitest";
import { Device } from "../client";
import { bootWorld } from "../world";
import { checkMailboxes } from "./check";
import { WRITERS } from "./load";

const world = await bootWorld({ people: WRITERS });
afterAll(() => world.close());
vi.spyOn(Device, "signIn").mockImplementation((_url, handle) => world.device(handle));

test("the look after the crashes finds nothing when all is well, and names whoever has lost a message, or a whole conversation", async () => {
  const ann = await world.device("ann");
  const start = (people: string[]) => ann.mutate<{ thread: { id: string } }>("thread.start", { people, maker: `start-${people.join("-")}` });
  const [{ thread }, { thread: lost }] = [await start(["ben"]), await start(["chiara", "dev"])];
  const sent = { by: "ann", threadId: thread.id, text: "r1-ann-0-0", clientId: "crash-r1-ann-0-0", acknowledged: true };
  await ann.mutate("message.send", sent);
  await world.settle();
  expect(await checkMailboxes(world.url, [sent])).toEqual([]);
  const faults = await checkMailboxes(world.url, [sent, { ...sent, text: "r1-ann-0-1" }, { ...sent, threadId: lost.id, text: "r1-ann-0-2" }]);
  expect(faults.sort()).toEqual(["ann lost r1-ann-0-1", "ann lost r1-ann-0-2", "ben lost r1-ann-0-1", "chiara lost r1-ann-0-2", "dev lost r1-ann-0-2"]);
  ann.close();
});
