import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./commands";
import { writeConfiguration } from "./configuration";
import { findJava } from "./java";
import { alone } from "./lock";
import { settle } from "./settings";

const folder = () => mkdtempSync(join(tmpdir(), "braid-commands-"));
const environment = (more: Record<string, string>) => more as unknown as NodeJS.ProcessEnv;

async function heard(args: string[], more: Record<string, string>): Promise<{ code?: number; text: string }> {
  const lines: string[] = [];
  const code = await run(args, environment(more), (line) => lines.push(line)).catch((error: Error) => void lines.push(error.message));
  return { ...(code !== undefined && { code }), text: lines.join("\n") };
}

test("without a command, help; an unknown one is refused with the same", async () => {
  expect(await heard([], {})).toMatchObject({ code: 0, text: expect.stringContaining("npm run cluster -- COMMAND") });
  const { code, text } = await heard(["constructor"], {});
  expect(code).toBeUndefined();
  expect(text).toContain("There is no command constructor.");
});

test("a folder without a cluster is said to be one", async () => {
  const dir = folder();
  for (const command of ["status", "down", "wipe"]) expect((await heard([command], { BRAID_CLUSTER: dir })).text).toContain(`There is no cluster in ${dir}.`);
});

test("status of a cluster that is down names every node and exits with 1; wipe removes it", async () => {
  const dir = folder();
  writeConfiguration(settle(dir, {}));
  const { code, text } = await heard(["status"], { BRAID_CLUSTER: dir });
  expect(code).toBe(1);
  expect(text).toContain("rs2  region server");
  expect(text).toContain("HBase does not serve as it should: zk1, nn, dn1, dn2, hm1, rs1, rs2 are down.");
  expect((await heard(["kill", "rs1"], { BRAID_CLUSTER: dir })).text).toBe("rs1 is not running.");
  expect((await heard(["start", "rs7"], { BRAID_CLUSTER: dir })).text).toContain("There is no node rs7.");
  expect((await heard(["env"], { BRAID_CLUSTER: dir })).text).toContain("HBASE_SEEDS=127.0.0.1:20640,127.0.0.1:20650,127.0.0.1:20652");
  expect((await heard(["wipe"], { BRAID_CLUSTER: dir })).code).toBe(0);
  expect(existsSync(join(dir, "data"))).toBe(false);
});

test("what is missing is said with what to install", () => {
  expect(() => findJava(environment({ PATH: "/nowhere" }))).toThrow("There is no Java on this machine. Install a JDK 17");
  expect(() => findJava(environment({ JAVA_HOME: "/nowhere" }))).toThrow("JAVA_HOME names /nowhere, and there is no bin/java in it.");
  const home = folder();
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin", "java"), "#!/bin/sh\necho '    java.specification.version = 1.8' >&2\n", { mode: 0o755 });
  expect(() => findJava(environment({ JAVA_HOME: home }))).toThrow("is Java 1.8, and HBase 2.6 runs on 11, 17, 21.");
});

test("a second command waits for the first", async () => {
  const dir = folder();
  const order: string[] = [];
  let finish = () => {};
  const first = alone(
    dir,
    () => {},
    async () => {
      order.push("first begins");
      await new Promise<void>((done) => {
        finish = done;
      });
      order.push("first ends");
    },
  );
  await expect.poll(() => order).toContain("first begins");
  const second = alone(
    dir,
    (line) => order.push(line),
    async () => void order.push("second"),
  );
  await expect.poll(() => order, { timeout: 10_000 }).toContain(`Another command works on ${dir}; waiting for it.`);
  finish();
  await Promise.all([first, second]);
  expect(order.filter((line) => !line.startsWith("Another"))).toEqual(["first begins", "first ends", "second"]);
});
