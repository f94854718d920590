import { createServer } from "node:net";
import { expect, test } from "vitest";
import { requireMemory } from "./machine";
import { nodesOf } from "./nodes";
import { canListen, freeBlock, requireFree } from "./ports";
import { settle } from "./settings";

const GB = 1_073_741_824;

test("too little memory ends with what is needed, what there is, and what to do", () => {
  const nodes = nodesOf(settle("/srv/c", {}));
  expect(() => requireMemory(nodes, "512m", 1.2 * GB)).toThrow("The 7 processes need 2.4 GB of memory, and 1.2 GB is available.");
  expect(() => requireMemory(nodes, "512m", 3 * GB)).not.toThrow();
  expect(() => requireMemory(nodes, "2g", 3 * GB)).toThrow("need 5.4 GB");
});

test("a taken port is named, with who needs it and who has it", async () => {
  const base = await freeBlock();
  const nodes = nodesOf(settle("/srv/c", { portBase: base }));
  await requireFree(nodes);
  const server = createServer();
  await new Promise<void>((listening) => server.listen(base + 50, "127.0.0.1", listening));
  const refused = await requireFree(nodes).catch((error: Error) => error.message);
  server.close();
  expect(refused).toContain(`Port ${base + 50}, which rs1 needs, is taken by `);
  if (process.platform === "linux") expect(refused).toContain(`(process ${process.pid})`);
  expect(refused).toContain("choose another block of 80 ports with BRAID_CLUSTER_PORT");
});

test("a block in which one port is taken is passed over", async () => {
  const base = await freeBlock();
  const server = createServer();
  await new Promise<void>((listening) => server.listen(base + 79, "127.0.0.1", listening));
  const draws = [(base - 21_000) / 80, (base - 21_000) / 80, ...Array.from({ length: 100 }, (_, i) => i)].map((n) => ((n % 140) + 0.5) / 140);
  const next = await freeBlock(() => draws.shift() as number);
  server.close();
  expect(next).not.toBe(base);
  expect(await canListen(next + 79)).toBe(true);
});
