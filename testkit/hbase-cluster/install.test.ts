import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireTools } from "./install";

/** An apt-get that writes down what it is told, has no JDK 17, and "installs" programs that say what Java and Maven say. */
const APT = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/asked"
case "$*" in
  *openjdk-17*) echo "E: Unable to locate package openjdk-17-jdk-headless" >&2; exit 100 ;;
  *default-jdk*) printf '#!/bin/sh\\necho "java.specification.version = 21" >&2\\n' > "$here/java"; chmod +x "$here/java" ;;
  *maven*) printf '#!/bin/sh\\n' > "$here/mvn"; chmod +x "$here/mvn" ;;
esac
`;

function machine(files: Record<string, string>): { env: NodeJS.ProcessEnv; dir: string } {
  const dir = mkdtempSync(join(tmpdir(), "braid-install-"));
  for (const name of ["sh", "dirname", "chmod"]) symlinkSync(join("/bin", name), join(dir, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text, { mode: 0o755 });
  return { dir, env: { PATH: dir } as unknown as NodeJS.ProcessEnv };
}

test("root on Debian gets what is missing by packages, and another JDK when there is no 17", () => {
  const { dir, env } = machine({ "apt-get": APT });
  const said: string[] = [];
  requireTools(env, (line) => said.push(line), true);
  expect(said).toEqual(["This machine lacks openjdk-17-jdk-headless and maven: installing."]);
  const asked = readFileSync(join(dir, "asked"), "utf8").trim().split("\n");
  expect(asked.filter((line) => !line.endsWith("--version")).map((line) => line.split(" ").at(-1))).toEqual([
    "update",
    "openjdk-17-jdk-headless",
    "default-jdk-headless",
    "maven",
  ]);
});

test("others are told what to install, and nothing is tried", () => {
  const { env } = machine({ "apt-get": "#!/bin/sh\nexit 1\n" });
  const said: string[] = [];
  expect(() => requireTools(env, (line) => said.push(line), false)).toThrow("Install a JDK 17 (Debian and Ubuntu: apt-get install openjdk-17-jdk-headless)");
  expect(said).toEqual([]);
});

test("with Java and without Maven, Maven is asked for; a ready class path does without", () => {
  const { env } = machine({ java: '#!/bin/sh\necho "java.specification.version = 17" >&2\n' });
  expect(() => requireTools(env, () => {}, false)).toThrow("There is no Maven on this machine.");
  requireTools({ ...env, BRAID_CLUSTER_CLASSPATH: "/srv/jars" }, () => {}, false);
});
