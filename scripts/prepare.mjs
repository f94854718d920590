/**
 * Before `npm start`, `npm run dev` and `npm test`: whatever a bare clone lacks is made, and made again only when what it is made from has
 * changed. Needs Node and npm alone, so it imports nothing that has to be installed first. `node scripts/prepare.mjs
 * [start|dev|test|cluster|check|packages]`; `packages` installs those and makes nothing, `check` makes the database client as well.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

const LOCK = "package-lock.json";
const STAMPS = "node_modules/.cache/braid/stamps";
const NEXT_DIR = process.env.NEXT_DIST_DIR ?? ".next";
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", DO_NOT_TRACK: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" });

const mode = process.argv[2] ?? "start";
async function prepare() {
  requireNode(20, 19);
  await install();
  if (mode === "packages") return;
  await generate();
  if (mode === "check") return;
  await Promise.all(mode === "dev" ? [template()] : [server(), template(), pages()]);
  if (mode === "test" || mode === "cluster") await testTools();
}

function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Braid needs Node ${major}.${minor} or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org and start again.`);
}

async function install() {
  if (isInstalled()) return;
  await run("Installing packages", "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** npm writes what it installed into a lock file of its own, at the very end. Packages for other systems are optional. */
function isInstalled() {
  const installed = "node_modules/.package-lock.json";
  if (!existsSync(installed)) return false;
  const [wanted, have] = [LOCK, installed].map((path) => JSON.parse(readFileSync(path, "utf8")).packages);
  return Object.entries(wanted).every(([path, { version, optional }]) => path === "" || (path in have ? have[path].version === version : optional === true));
}

const generate = () =>
  step("client", ["prisma/schema.prisma", "prisma.config.ts", LOCK], ["server/generated/prisma/client.ts"], () =>
    run("Generating the database client", bin("prisma"), ["generate"]),
  );

const server = () =>
  step("server", ["server", "domain", "storage", "prisma/schema.prisma", LOCK], ["dist/main.js", "dist/parse-worker.js"], async () => {
    await Promise.all([
      bundle("server/main.ts", "dist/main.js", ["--packages=external"]),
      // Packages in the CommonJS form call require; re2 is an optional part of one that we do without.
      bundle("server/bridges/email/parse-worker.ts", "dist/parse-worker.js", [`--banner:js=${REQUIRE}`, "--external:re2"]),
    ]);
  });

const template = () =>
  step("database", ["prisma/migrations", "server/people/db", LOCK], ["dist/people/PG_VERSION"], () =>
    run("Preparing an empty database", bin("tsx"), ["scripts/people-template.ts", "dist/people"]),
  );

const pages = () =>
  step(NEXT_DIR, ["app", "domain", "public", "next.config.js", "postcss.config.js", "tsconfig.json", LOCK], [`${NEXT_DIR}/BUILD_ID`], () => {
    rmSync(`${NEXT_DIR}/dev`, { recursive: true, force: true }); // what `next dev` left there fails the build
    return run("Building the screens", bin("next"), ["build"]);
  });

const bundle = (entry, outfile, more) =>
  run(`Bundling ${entry}`, bin("esbuild"), [
    entry,
    `--outfile=${outfile}`,
    ...["--bundle", "--platform=node", "--target=node20", "--format=esm", "--sourcemap", "--log-level=warning"],
    ...more,
  ]);

async function testTools() {
  const missing = [...((await findChromium()) ? [] : ["chromium"]), ...(hasCommand("swaks") ? [] : ["swaks"])];
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && hasCommand("apt-get")) await aptInstall(missing);
  if (!(await findChromium())) await run("Installing Chromium", bin("playwright"), ["install", "chromium"]);
  if (!hasCommand("swaks")) console.log("swaks is not installed here, so the tests that send mail with it are skipped.");
}

async function aptInstall(packages) {
  process.env.DEBIAN_FRONTEND = "noninteractive";
  const wait = ["-o", "DPkg::Lock::Timeout=300", "-qq"];
  const isListed = await tryRun("Reading the list of system packages", "apt-get", [...wait, "update"]);
  if (isListed) await tryRun(`Installing ${packages.join(" and ")}`, "apt-get", [...wait, "install", "-y", ...packages]);
}

async function findChromium() {
  const path = process.env.CHROMIUM_PATH;
  if (path && !existsSync(path)) fail(`CHROMIUM_PATH names ${path}, which does not exist.`);
  if (path || CHROMIUM.some((known) => existsSync(known))) return true;
  const { chromium } = await import("@playwright/test");
  return existsSync(chromium.executablePath());
}

const hasCommand = (name) => (process.env.PATH ?? "").split(":").some((folder) => existsSync(`${folder}/${name}`));

/** Does the work unless it was done from the same inputs and what it made is still there. */
async function step(name, inputs, outputs, work) {
  const stamp = `${STAMPS}/${name}`;
  const hash = hashOf(inputs);
  if (outputs.every((path) => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, hash);
}

function hashOf(paths) {
  const hash = createHash("sha1").update(process.versions.node);
  for (const path of paths.flatMap(filesUnder).sort()) hash.update(`\n${path}\n`).update(readFileSync(path));
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .filter((name) => name !== "generated")
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

function bin(name) {
  return `node_modules/.bin/${name}`;
}

async function run(words, command, args) {
  if (!(await tryRun(words, command, args))) fail(`${words} failed; what it said is above.`);
}

/** One line when it begins to take time and one when it is done; what the command says is shown only when it fails. */
async function tryRun(words, command, args) {
  const began = performance.now();
  const { code, output } = await outputOf(command, args);
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  if (code === 0) console.log(`${words}: ${took}`);
  else console.error(`${output}\n${words}: failed after ${took}`);
  return code === 0;
}

function outputOf(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

await prepare();
