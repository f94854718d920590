import { expect, test } from "vitest";
import { judge } from "./judge";
import { nodeNamed, nodesOf } from "./nodes";
import type { Answer, MasterAnswer, Seen } from "./picture";
import { settle } from "./settings";
import { inWords } from "./status";

const settings = settle("/srv/c", { masters: 2 });
const nodes = nodesOf(settings);
const LEADER: MasterAnswer = { active: true, initialised: true, servers: ["127.0.0.1,20650,7", "127.0.0.1,20652,8"], inTransition: 0, recovering: 0 };
const STANDBY: MasterAnswer = { active: false, initialised: false, servers: [], inTransition: 0, recovering: 0 };
const WELL: Record<string, Answer> = {
  zk1: { mode: "standalone" },
  nn: { hdfs: { operational: true, live: 2 } },
  dn1: { registered: true },
  dn2: { registered: true },
  hm1: { master: LEADER },
  hm2: { master: STANDBY },
  rs1: { server: { name: "127.0.0.1,20650,7", regions: 3, meta: true } },
  rs2: { server: { name: "127.0.0.1,20652,8", regions: 1, meta: false } },
};

/** What is seen when all are well but these. `undefined` is a process that is down. */
function seen(changed: Record<string, Answer | "down" | "paused"> = {}): Seen[] {
  return nodes.map((node) => {
    const answer = changed[node.name] ?? (WELL[node.name] as Answer);
    if (answer === "down") return { node };
    return { node, process: { pid: 100, paused: answer === "paused", rss: 100 * 1_048_576 }, ...(answer === "paused" ? {} : answer) };
  });
}
const missing = (changed: Record<string, Answer | "down" | "paused">) => judge(settings, seen(changed)).missing;
const stateOf = (name: string, changed: Record<string, Answer | "down" | "paused">) =>
  judge(settings, seen(changed)).nodes.find(({ node }) => node === nodeNamed(nodes, name));

test("a cluster serves when every node does, HDFS is whole and no region is on its way", () => {
  expect(missing({})).toEqual([]);
  expect(missing({ nn: { hdfs: { operational: true, live: 1 } } })).toEqual(["HDFS hears 1 of 2 DataNodes"]);
  expect(missing({ hm1: { master: { ...LEADER, inTransition: 2 } } })).toEqual(["regions are on their way: 2"]);
  expect(missing({ hm1: { master: { ...LEADER, recovering: 1 } } })).toEqual(["dead region servers are being recovered: 1"]);
});

test("what is down, paused or not ready yet is named", () => {
  expect(missing({ rs2: "down", dn1: "paused", nn: { hdfs: { operational: false, live: 0 } } })).toEqual([
    "rs2 is down",
    "dn1 is paused",
    "nn runs and does not serve yet",
  ]);
  expect(missing({ rs1: "down", rs2: "down" })).toEqual(["rs1, rs2 are down"]);
  expect(missing({ zk1: {} })).toEqual(["zk1 runs and does not serve yet"]);
});

test("a region server that was started again serves once the master knows its new life, not by the name of the old one", () => {
  const reborn = { rs1: { server: { name: "127.0.0.1,20650,9", regions: 0, meta: false } } };
  expect(missing(reborn)).toEqual(["rs1 runs and does not serve yet"]);
});

test("without a master a region server serves while it has regions, and a standby is no service", () => {
  expect(stateOf("rs1", { hm1: "down" })).toMatchObject({ state: "serves", note: "3 regions, hbase:meta among them" });
  expect(stateOf("hm2", { hm1: "down" })).toMatchObject({ state: "starts" });
  expect(stateOf("hm2", {})).toMatchObject({ state: "serves", note: "standby" });
  expect(stateOf("hm2", { hm1: "down", hm2: { master: { ...LEADER, initialised: false } } })).toMatchObject({ state: "starts", note: "active" });
});

test("status tells it in words, and how to start Braid", () => {
  const well = inWords(settings, seen());
  expect(well.serves).toBe(true);
  expect(well.lines[0]).toBe("zk1  ZooKeeper      process 100, 100 MB     ports 20601              serves");
  expect(well.lines.join("\n")).toContain("HBase serves. Its processes occupy 800 MB.");
  expect(well.lines.join("\n")).toContain("BRAID_STORE=hbase://127.0.0.1:20640,127.0.0.1:20642,127.0.0.1:20650,127.0.0.1:20652/hbase npm start");
  const ill = inWords(settings, seen({ rs1: "down" }));
  expect(ill.serves).toBe(false);
  expect(ill.lines.at(-1)).toBe("HBase does not serve as it should: rs1 is down. Its processes occupy 700 MB.");
});
