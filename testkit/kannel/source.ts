import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KannelError } from "./error";

const APT = "/etc/apt";
/** Of the lists of packages only those of the system itself have the sources of Kannel. */
const SYSTEM = /^(debian|ubuntu).*\.sources$|^sources\.list$/;

/**
 * The archive of Kannel's makers, as Debian keeps it, in `dir`. apt checks its signature. Where this machine gets packages from is read from
 * its own settings; they do not name sources mostly, so a copy of them that does is made beside. Needs no rights. Fails with KannelError.
 */
export function fetchSource(dir: string): string {
  const found = archiveIn(dir);
  if (found !== undefined) return found;
  const options = optionsFor(dir);
  const said = ["update", "source"].map((command) => {
    const args = command === "update" ? ["update"] : ["source", "--download-only", "--tar-only", "kannel"];
    return spawnSync("apt-get", [...options, ...args], { cwd: dir, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  });
  const archive = archiveIn(dir);
  if (archive !== undefined) return archive;
  const why = said.flatMap(({ stderr, error }) => [error?.message, stderr?.trim().split("\n").at(-1)]).filter(Boolean);
  throw new KannelError(
    "missing",
    `The source package "kannel" could not be had from this machine's package lists: ${why.join("; ") || "apt-get said nothing"}.`,
  );
}

const archiveIn = (dir: string): string | undefined => {
  const name = readdirSync(dir).find((file) => /^kannel_.*\.orig\.tar\.\w+$/.test(file));
  return name && join(dir, name);
};

function optionsFor(dir: string): string[] {
  for (const folder of ["parts", "lists/partial", "archives/partial"]) mkdirSync(join(dir, folder), { recursive: true });
  for (const [name, text] of systemLists()) writeFileSync(join(dir, "parts", name), withSources(text));
  const settings = {
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": join(dir, "parts"),
    "Dir::State::lists": join(dir, "lists"),
    "Dir::Cache": dir,
    "APT::Sandbox::User": "",
  };
  return ["-qq", ...Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`])];
}

function systemLists(): [name: string, text: string][] {
  const folder = join(APT, "sources.list.d");
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const lists = [...files, join(APT, "sources.list")].filter((file) => existsSync(file) && SYSTEM.test(file.split("/").at(-1) as string));
  return lists.map((file) => [file.endsWith(".list") ? "system.list" : (file.split("/").at(-1) as string), readFileSync(file, "utf8")]);
}

/** Both forms of apt's lists: "deb uri suite ..." in a line, and "Types: deb" in a paragraph. */
const withSources = (text: string): string => text.replaceAll(/^Types:.*$/gm, "Types: deb-src").replaceAll(/^deb\s/gm, "deb-src ");
