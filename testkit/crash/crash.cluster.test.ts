import { afterAll, expect, test } from "vitest";
import { dropNamespace, freshNamespace, seeds } from "@/storage/wide-column/drivers/hbase/testing/cluster";
import { crashRounds } from "./rounds";

const namespace = freshNamespace();
afterAll(() => dropNamespace(namespace));

test("Braid on HBase is killed in the middle, again and again: every acknowledged message is there once, in one order for all", {
  timeout: 600_000,
}, async () => {
  const env = { BRAID_STORE: `hbase://${seeds().join(",")}/hbase?namespace=${namespace}` };
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  expect(await crashRounds({ rounds: 4, seed: 2010, env, say })).toEqual([]);
});
