import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { ClusterError } from "./error";
import { type ClusterNode, IP, PORTS } from "./nodes";
import { ownerOf } from "./processes";

/** How many taken ports are named; usually it is a whole other cluster. */
const SHOWN = 3;

/** A process that was just killed is gone before its sockets are; ms. */
const LINGER = 5_000;

/** Ends with a sentence for every port of these nodes that somebody else has. */
export async function requireFree(nodes: readonly ClusterNode[]): Promise<void> {
  const began = performance.now();
  let taken = await takenPorts(nodes);
  while (taken.length > 0 && taken.every(({ holder }) => holder === undefined) && performance.now() - began < LINGER) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    taken = await takenPorts(nodes);
  }
  if (taken.length === 0) return;
  const lines = taken.map(({ port, name, holder }) => `Port ${port}, which ${name} needs, is taken by ${holder ?? "some other program"}.`);
  if (lines.length > SHOWN) lines.splice(SHOWN, lines.length, `So are ${lines.length - SHOWN} more.`);
  const advice = `Stop that, or choose another block of ${PORTS} ports with BRAID_CLUSTER_PORT and another folder with BRAID_CLUSTER.`;
  throw new ClusterError("failed", `${lines.join("\n")}\n${advice}`);
}

async function takenPorts(nodes: readonly ClusterNode[]): Promise<{ port: number; name: string; holder: string | undefined }[]> {
  const wanted = nodes.flatMap(({ name, ports }) => ports.map((port) => ({ name, port })));
  const free = await Promise.all(wanted.map(({ port }) => canListen(port)));
  return wanted.flatMap((one, i) => (free[i] ? [] : [{ ...one, holder: holderOf(one.port) }]));
}

/** The first port of a block that is free as a whole, below those the kernel gives to outgoing connections. */
export async function freeBlock(random: () => number = Math.random): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = 21_000 + PORTS * Math.floor(random() * 140);
    if (await isFree(base)) return base;
  }
  throw new ClusterError("failed", `There are no ${PORTS} free ports in a row between 21000 and 32200.`);
}

async function isFree(base: number): Promise<boolean> {
  for (let port = base; port < base + PORTS; port++) if (!(await canListen(port))) return false;
  return true;
}

/** Java's servers set SO_REUSEADDR, as Node's do: connections that are not quite over do not count. */
export function canListen(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen(port, IP, () => server.close(() => answer(true)));
  });
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, IP);
    const done = (is: boolean) => {
      socket.destroy();
      answer(is);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once("error", () => done(false));
    socket.once("connect", () => done(true));
  });
}

/** Who listens on the port, as far as /proc tells: other people's processes and other systems keep it to themselves. */
function holderOf(port: number): string | undefined {
  try {
    const inode = inodeOf(port);
    const pid = inode === undefined ? undefined : readdirSync("/proc").find((name) => /^\d+$/.test(name) && hasSocket(name, inode));
    return pid === undefined ? undefined : ownerOf(Number(pid));
  } catch {
    return undefined;
  }
}

/** Lines of /proc/net/tcp: number, local address, remote address, state (0A listens), queues, timer, retransmits, uid, timeout, inode. */
function inodeOf(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = ["tcp", "tcp6"].flatMap((table) => readFileSync(`/proc/net/${table}`, "utf8").split("\n"));
  const fields = lines.map((line) => line.trim().split(/\s+/));
  return fields.find((field) => field[1]?.endsWith(suffix) && field[3] === "0A")?.[9];
}

function hasSocket(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false; // it ended, or is somebody else's
  }
}
