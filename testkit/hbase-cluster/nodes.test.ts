import { expect, test } from "vitest";
import { httpPort, nodeNamed, nodesOf, PORTS, quorumOf, seedsOf, storeUrlOf } from "./nodes";
import { settle } from "./settings";

const largest = nodesOf(settle("/srv/c", { zookeepers: 3, dataNodes: 3, masters: 2, regionServers: 3 }));

test("no two nodes share a port, and all are within the block", () => {
  const ports = largest.flatMap((node) => node.ports);
  expect(new Set(ports).size).toBe(ports.length);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_600);
  expect(Math.max(...ports)).toBeLessThan(20_600 + PORTS);
});

test("clients are told of masters and region servers, HBase of all ZooKeepers", () => {
  const nodes = nodesOf(settle("/srv/c", { portBase: 21_600 }));
  expect(seedsOf(nodes)).toEqual(["127.0.0.1:21640", "127.0.0.1:21650", "127.0.0.1:21652"]);
  expect(storeUrlOf(nodes)).toBe("hbase://127.0.0.1:21640,127.0.0.1:21650,127.0.0.1:21652/hbase");
  expect(quorumOf(largest)).toBe("127.0.0.1:20601,127.0.0.1:20602,127.0.0.1:20603");
});

test("a node is found by its name, and a wrong name is answered with those there are", () => {
  expect(nodeNamed(largest, "dn3")).toEqual({ name: "dn3", role: "datanode", number: 3, port: 20_626, ports: [20_626, 20_627, 20_628] });
  expect(httpPort(nodeNamed(largest, "dn3"))).toBe(20_628);
  expect(httpPort(nodeNamed(largest, "zk1"))).toBeUndefined();
  expect(() => nodeNamed(largest, "rs4")).toThrow("There is no node rs4. There are zk1 zk2 zk3 nn dn1 dn2 dn3 hm1 hm2 rs1 rs2 rs3.");
  expect(() => nodeNamed(largest, undefined)).toThrow("Which node?");
});
