import { afterEach, expect, test, vi } from "vitest";
import { dropNamespace, freshNamespace, seeds } from "@/storage/wide-column/drivers/hbase/testing/cluster";
import { checkMailbox } from "./check-mailbox";
import { Fighter } from "./contest";
import { readFought } from "./fought";

vi.setConfig({ testTimeout: 600_000 });
const fighters: Fighter[] = [];
const namespaces: string[] = [];
afterEach(async () => {
  for (const fighter of fighters.splice(0)) await fighter.kill().catch(() => {});
  for (const namespace of namespaces.splice(0)) await dropNamespace(namespace);
});

/** Two processes that both take the same mailbox. */
async function two({ fenced = true } = {}) {
  const namespace = freshNamespace();
  namespaces.push(namespace);
  const address = `hbase://${seeds().join(",")}?namespace=${namespace}`;
  const [a, b] = [new Fighter(address, "a", { fenced }), new Fighter(address, "b", { fenced })];
  fighters.push(a, b);
  await Promise.all([a.progress(1), b.progress(1)]);
  const end = async () => {
    for (const fighter of fighters.splice(0)) await fighter.kill();
    const fought = await readFought(address, [a.acknowledged, b.acknowledged]);
    return { fought, faults: checkMailbox(fought) };
  };
  return { a, b, end };
}

test("two processes fight for one mailbox: the epoch fences the old one, and nothing is lost, doubled or out of order", async () => {
  const { a, b, end } = await two();
  await Promise.all([a.progress(15), b.progress(15)]);
  a.signal("SIGSTOP"); // it does not know, when it wakes, that the mailbox is another's
  await b.progress(30);
  a.signal("SIGCONT");
  await Promise.all([a.progress(5), b.progress(5)]);
  const { fought, faults } = await end(); // SIGKILL, whatever they were doing
  expect(faults).toEqual([]);
  expect(fought.sender.length).toBeGreaterThanOrEqual(70);
  process.stdout.write(`Two owners: ${fought.sender.length} messages; told a ${JSON.stringify(a.errors)}, b ${JSON.stringify(b.errors)}\n`);
});

test("planted fault: without the epoch two processes lose each other's messages, and the check says so", async () => {
  const { a, b, end } = await two({ fenced: false });
  await Promise.all([a.progress(10), b.progress(10)]);
  const { faults } = await end();
  expect(faults.join("; ")).toMatch(/is lost/);
});
