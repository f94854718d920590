import { describe, expect, test } from "vitest";
import { HBaseCluster } from "../hbase-cluster/cluster";
import { FAULTS } from "./faults";
import { allowance, OTHERS_BUDGET, report } from "./report";
import { runFault } from "./run-fault";

/** `FAULTS=all` runs the whole set, `FAULTS=name,name` those; otherwise the essential ones. `FAULTS_ROUNDS` repeats them. */
const wanted = process.env.FAULTS ?? "";
const rounds = Number(process.env.FAULTS_ROUNDS ?? 1);
const { settings } = HBaseCluster.open(process.env.BRAID_CLUSTER as string);
const chosen = FAULTS.filter(({ name, essential }) => (wanted === "" ? essential : wanted === "all" || wanted.split(",").includes(name)));

describe.each(chosen.filter(({ zookeepers = settings.zookeepers }) => zookeepers === settings.zookeepers))("$title", (fault) => {
  for (let round = 1; round <= rounds; round++)
    test("nothing is lost, doubled, torn or out of order, and the pause is within its budget", { timeout: 900_000 }, async () => {
      const allowed = allowance();
      const outcome = await runFault(fault);
      report(outcome);
      expect(outcome.faults).toEqual([]);
      expect(outcome.hit.changes.max).toBeLessThan((fault.budget ?? Number.POSITIVE_INFINITY) * allowed);
      if (outcome.others.changes.rows > 0) expect(outcome.others.changes.max).toBeLessThan(OTHERS_BUDGET * allowed);
    });
});
