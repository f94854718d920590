import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { KannelError } from "./error";
import { fetchSource } from "./source";

type Say = (line: string) => void;

/** bearerbox is the gateway, smsbox its door for programs, fakesmsc a phone network on a line of text, opensmppbox a carrier's SMPP server. */
export const PROGRAMS = ["bearerbox", "smsbox", "fakesmsc", "opensmppbox"] as const;
export type Program = (typeof PROGRAMS)[number];

const CACHE = "node_modules/.cache/braid/kannel";
const NEEDS = { gcc: "gcc", make: "make", tar: "tar", "xml2-config": "libxml2-dev" } as const;
/** The grammar of WMLScript needs a yacc that nobody has, and no part of text messages needs it. */
const LIBRARIES = "libgw.a libwap.a libgwlib.a";

/** The folder with Kannel's programs, built from source the first time: a minute or two. Fails with KannelError. */
export function kannelPrograms(say: Say): string {
  const folder = resolve(process.env.KANNEL_PROGRAMS?.trim() || CACHE);
  const lacking = PROGRAMS.filter((program) => !existsSync(join(folder, program)));
  if (lacking.length === 0) return folder;
  if (process.env.KANNEL_PROGRAMS) throw new KannelError("missing", `There is no ${lacking.join(" and no ")} in ${folder}, which KANNEL_PROGRAMS names.`);
  requireTools(say);
  const work = mkdtempSync(join(tmpdir(), "braid-kannel-build-"));
  try {
    build(work, say);
    keep(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function requireTools(say: Say): void {
  const missing = () => [...new Set(Object.entries(NEEDS).flatMap(([command, name]) => (hasCommand(command) ? [] : [name])))];
  if (missing().length > 0 && process.getuid?.() === 0 && hasCommand("apt-get")) aptInstall(missing(), say);
  if (missing().length > 0)
    throw new KannelError("missing", `Kannel cannot be built: ${missing().join(", ")} is not installed (apt-get install ${missing().join(" ")}).`);
  if (!hasCommand("apt-get"))
    throw new KannelError("missing", "Kannel cannot be had: its source comes as a package of Debian or Ubuntu, and this machine has no apt-get.");
}

function aptInstall(names: readonly string[], say: Say): void {
  say(`This machine lacks ${names.join(" and ")}: installing.`);
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-qq", ...args], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, encoding: "utf8" });
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...names);
}

const hasCommand = (name: string): boolean => spawnSync(name, ["--version"]).error === undefined;

function build(work: string, say: Say): void {
  say("Kannel is not built yet: fetching its source.");
  run("unpack", "tar", ["xf", fetchSource(work)], work);
  const tree = join(work, readdirSync(work).find((name) => name.startsWith("gateway-")) ?? "gateway");
  say("Building Kannel: a minute or two.");
  run("configure", "./configure", ["--disable-docs", "--disable-wap", "--disable-ssl"], tree);
  writeFileSync(join(tree, ".depend"), ""); // it is made of all files, those of WMLScript too, and everything is built once only
  writeFileSync(join(tree, "addons/opensmppbox/sb-config.h"), '#include "gw-config.h"\n#ifndef GW_VERSION\n#define GW_VERSION "1.4.5"\n#endif\n');
  const rules = ["fakesmsc: test/fakesmsc.c", "opensmppbox: addons/opensmppbox/gw/opensmppbox.c"].map(
    (rule) => `${rule} ${LIBRARIES}\n\t$(CC) $(CFLAGS) -w -Iaddons/opensmppbox -Iaddons/opensmppbox/gw -o $@ $< ${LIBRARIES} $(LIBS)`,
  );
  run("make", "make", ["-j2", `libs=${LIBRARIES}`, `--eval=${rules.join("\n")}`, "gw/bearerbox", "gw/smsbox", "fakesmsc", "opensmppbox"], tree);
  for (const program of ["bearerbox", "smsbox"]) renameSync(join(tree, "gw", program), join(tree, program));
}

/** In one step, so that a build that was cut off is never taken for a whole one. */
function keep(work: string, folder: string): void {
  const [tree] = readdirSync(work).filter((name) => name.startsWith("gateway-"));
  mkdirSync(resolve(folder, ".."), { recursive: true });
  const half = mkdtempSync(`${folder}-`);
  for (const program of PROGRAMS) copyFileSync(join(work, tree as string, program), join(half, program));
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

function run(step: string, command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status === 0) return;
  const lines = `${stdout ?? ""}\n${stderr ?? ""}`.trim().split("\n");
  throw new KannelError("failed", `Kannel could not be built (${step}): ${error?.message ?? lines.slice(-12).join("\n")}`);
}
