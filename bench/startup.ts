import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../e2e/braid";
import { median } from "./host";

const STARTS = 4;
/** How long a server is left alone before its memory is read, milliseconds. */
const IDLE = 10_000;

/** `npm start` on a data directory that is there already: seconds until it answers, and the memory it holds when nobody asks for anything. */
export async function startup(): Promise<string[]> {
  const dir = mkdtempSync(path.join(tmpdir(), "braid-startup-"));
  const runs: { seconds: number; mb: number }[] = [];
  for (let i = 0; i < STARTS; i++) runs.push(await once(dir));
  rmSync(dir, { recursive: true, force: true });
  const again = runs.slice(1);
  return [
    `npm start to ready, demo world to be made      ${runs[0]?.seconds.toFixed(1)} s`,
    `npm start to ready, afterwards                 ${median(again.map(({ seconds }) => seconds)).toFixed(1)} s (budget 4)`,
    `idle memory (RSS), first start and later ones  ${runs[0]?.mb.toFixed(0)} MB, ${median(again.map(({ mb }) => mb)).toFixed(0)} MB (budget 300)`,
  ];
}

async function once(dir: string): Promise<{ seconds: number; mb: number }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const began = performance.now();
  const npm = spawn("npm", ["start", "--silent"], {
    env: { ...process.env, PORT: String(port), SMTP_PORT: String(smtpPort), BRAID_DATA: dir, LOG_LEVEL: "warn" },
    stdio: "ignore",
    detached: true,
  });
  while (!(await answers(`http://localhost:${port}/healthz`))) await pause(50);
  const seconds = (performance.now() - began) / 1000;
  await pause(IDLE);
  const mb = residentMb(serverUnder(npm.pid as number));
  process.kill(-(npm.pid as number), "SIGTERM");
  while (await answers(`http://localhost:${port}/healthz`)) await pause(50);
  await pause(1_000);
  return { seconds, mb };
}

/** The process that serves, at the end of the chain npm -> shell -> node. */
function serverUnder(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  const [child] = children;
  return child === undefined ? pid : serverUnder(child);
}

const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
