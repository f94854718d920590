import type { Page } from "@playwright/test";
import { HBase } from "../storage/hbase";
import { HBaseCluster } from "../testkit/hbase-cluster/cluster";
import { namespaceOf } from "./braid";
import { expect, test } from "./fixtures";
import { composer, message, open, say, textsOf } from "./inbox";

/** `npm run test:cluster` runs these on its cluster, with Braid's messages there. */
const cluster = () => HBaseCluster.open(process.env.BRAID_CLUSTER ?? "");

/** The region server that holds the mailbox of whoever is signed in on the page. */
async function holder(dir: string, page: Page): Promise<string> {
  const { id } = (await (await page.request.get("/api/trpc/account.me")).json()).result.data;
  const hbase = new HBase({ seeds: [...cluster().seeds] });
  const { port } = await hbase.locate(`${namespaceOf(dir)}:mailbox`, Buffer.from(id));
  hbase.close();
  return cluster().nodes.find((node) => node.port === port)?.name ?? "";
}

test("the server that holds the conversation is killed: the inbox says so, what is written waits in sight and goes once", async ({ braid, enter }) => {
  test.setTimeout(180_000);
  const [ann, ben] = await Promise.all([enter("ann"), enter("ben")]);
  await open(ann, "Ben Brook");
  await open(ben, "Ann Archer");
  await say(ann, "Before the fall");
  await expect(message(ben, "Before the fall")).toBeInViewport();

  const name = await holder(braid.dir, ann);
  await cluster().kill(name);
  const words = ["one", "two", "three"].map((word) => `While nothing is saved, ${word}`);
  for (const text of words) await say(ann, text);
  await expect(ann.getByRole("status").filter({ hasText: "Braid has been slow to save since" })).toContainText("What you write is kept and goes by itself.");
  await expect(message(ann, "While nothing is saved, three")).toContainText("Waits to be saved and goes by itself");
  await composer(ann).fill("and a draft beside it");

  await expect(message(ben, "While nothing is saved, three")).toBeInViewport({ timeout: 90_000 });
  await expect(ann.getByText("Braid has been slow to save")).toBeHidden({ timeout: 30_000 });
  await expect(composer(ann)).toHaveValue("and a draft beside it");
  for (const page of [ann, ben]) expect(await textsOf(page, /^While nothing is saved/)).toEqual(words);
  for (const page of [ann, ben]) {
    await page.reload();
    await expect(message(page, "While nothing is saved, three")).toBeVisible();
    expect(await textsOf(page, /^While nothing is saved/)).toEqual(words);
  }

  await ann.goto("/admin");
  await expect(ann.getByRole("region", { name: "Message store" })).toContainText("down");
  await cluster().start(name);
  await expect(ann.getByRole("region", { name: "Message store" })).toContainText(`${cluster().settings.regionServers} servers hold all messages`, {
    timeout: 90_000,
  });
});
