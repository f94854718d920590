import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findClasspath } from "./classpath";
import { writeConfiguration } from "./configuration";
import { ClusterError } from "./error";
import { type Guard, guard } from "./guard";
import { findJava } from "./java";
import { activeOf } from "./judge";
import { type Launchpad, launch } from "./launch";
import { alone } from "./lock";
import { requireDisk, requireMemory } from "./machine";
import { type ClusterNode, nodeNamed, nodesOf, ofRole, ROLE_WORDS, type Role, seedsOf, storeUrlOf } from "./nodes";
import { freeBlock, requireFree } from "./ports";
import { pidOf } from "./processes";
import { seek, waitUntilListening, waitUntilServing } from "./readiness";
import { type Choices, type ClusterSettings, remembered, settle } from "./settings";
import { killAtOnce, send, stopInOrder, waitGone } from "./stopping";

type Say = (line: string) => void;

export interface StartOptions extends Choices {
  /** Without one, a temporary folder that goes with the cluster. */
  readonly dir?: string;
  /** Hears a line for everything that happens. */
  readonly say?: Say;
}

/** Milliseconds a whole cluster may take until it serves: a busy machine needs two minutes. */
const START_WITHIN = 480_000;
const GONE_WITHIN = 10_000;
/** What `wipe` removes. */
const CONTENTS = ["conf", "data", "log", "pid", "tmp", "settings.json", "maven.log"];

/** A real HBase on this machine: ZooKeeper, HDFS, masters and region servers, each a process of its own that can be killed. */
export class HBaseCluster {
  readonly nodes: readonly ClusterNode[];
  #pad: Launchpad | undefined;
  #guard: Guard | undefined;

  constructor(
    readonly settings: ClusterSettings,
    private readonly say: Say = () => {},
    /** Whether its processes die with ours, and its folder goes with them. */
    private readonly bound?: { readonly remove: boolean },
  ) {
    this.nodes = nodesOf(settings);
  }

  /** A cluster that dies with this process, on free ports unless `portBase` or the folder says which. Returns when it serves. */
  static async start({ dir, say, ...choices }: StartOptions): Promise<HBaseCluster> {
    const folder = resolve(dir ?? mkdtempSync(join(tmpdir(), "braid-cluster-")));
    const known = remembered(folder);
    const portBase = choices.portBase ?? known?.portBase ?? (await freeBlock());
    const cluster = new HBaseCluster(settle(folder, { ...choices, portBase }, known), say, { remove: dir === undefined });
    try {
      await cluster.up();
      return cluster;
    } catch (error) {
      await cluster.crash();
      throw error;
    }
  }

  /** The cluster of a folder, which somebody else has started. */
  static open(dir: string, say?: Say): HBaseCluster {
    const folder = resolve(dir);
    const known = remembered(folder);
    if (known === undefined) throw new ClusterError("usage", `There is no cluster in ${folder}. \`up\` makes one.`);
    return new HBaseCluster(settle(folder, {}, known), say);
  }

  get dir(): string {
    return this.settings.dir;
  }

  /** host:port of every master and region server. */
  get seeds(): readonly string[] {
    return seedsOf(this.nodes);
  }

  /** What BRAID_STORE takes. */
  get storeUrl(): string {
    return storeUrlOf(this.nodes);
  }

  /** Starts whatever does not run, and returns when all serve. */
  async up(): Promise<void> {
    mkdirSync(this.dir, { recursive: true });
    if (this.bound !== undefined) this.#guard ??= guard(this.dir, this.bound.remove);
    const tell = await alone(this.dir, this.say, async () => {
      const missing = this.#notRunning();
      this.#pad = undefined; // settings may have changed, jars may have gone
      const pad = await this.launchpad(missing);
      const told = this.#teller();
      const began = (...roles: Role[]) => Promise.all(ofRole(missing, ...roles).map((node) => launch(pad, node)));
      const [coordinators, nameNodes] = [ofRole(this.nodes, "zookeeper"), ofRole(this.nodes, "namenode")];
      await Promise.all([
        began("zookeeper").then(() => this.#wait(START_WITHIN, told, coordinators)),
        began("namenode").then(() => waitUntilListening(this.settings, nameNodes, START_WITHIN)), // the others call it as soon as they run
      ]);
      await began("datanode", "master", "regionserver");
      return told;
    });
    await this.#wait(START_WITHIN, tell);
  }

  /** All politely, writers first. */
  async down(): Promise<void> {
    await alone(this.dir, this.say, () => stopInOrder(this.dir, this.nodes, this.say));
    this.#dismissGuard();
  }

  /** SIGKILL to every process at the same moment. How many there were. */
  crash(): Promise<number> {
    return this.#kill(this.nodes);
  }

  /** SIGKILL to these at the same moment; returns when they are gone. Fails when one was not running. */
  async kill(...names: string[]): Promise<void> {
    await this.#kill(names.map((name) => this.#running(name)));
  }

  /** Starts one node and returns at once; `waitReady` waits for it. */
  async start(name: string): Promise<void> {
    const node = nodeNamed(this.nodes, name);
    await alone(this.dir, this.say, async () => {
      if (pidOf(this.dir, name) === undefined) await launch(await this.launchpad([node]), node);
    });
  }

  /** SIGTERM, and SIGKILL after twenty seconds. */
  async stop(name: string): Promise<void> {
    const node = this.#running(name);
    await alone(this.dir, this.say, () => stopInOrder(this.dir, [node], this.say));
  }

  /** SIGSTOP: it hangs and its connections stay. */
  pause(name: string): void {
    send(this.dir, this.#running(name).name, "SIGSTOP");
  }

  resume(name: string): void {
    send(this.dir, this.#running(name).name, "SIGCONT");
  }

  /** Returns when all nodes serve, HDFS is whole and no region is on its way; or, with names, when these nodes serve. */
  async waitReady({ within = START_WITHIN, names }: { within?: number; names?: readonly string[] } = {}): Promise<void> {
    await this.#wait(
      within,
      this.#teller(),
      names?.map((name) => nodeNamed(this.nodes, name)),
    );
  }

  /** Name of the master that leads; waits for one. */
  activeMaster(): Promise<string> {
    return seek(this.settings, "active master", activeOf);
  }

  /** Name of the region server that has hbase:meta; waits for one. */
  serverOfMeta(): Promise<string> {
    return seek(this.settings, "region server with hbase:meta", (picture) => picture.find(({ server }) => server?.meta));
  }

  /** Name of the ZooKeeper that leads, or of the only one; waits for one. */
  zookeeperLeader(): Promise<string> {
    return seek(this.settings, "leading ZooKeeper", (picture) => picture.find(({ mode }) => mode === "leader" || mode === "standalone"));
  }

  /** The node whose clients call this port, as HBase's own answers name it. */
  nodeAt(port: number): ClusterNode | undefined {
    return this.nodes.find((node) => node.port === port);
  }

  /** Removes the data; nothing may run. */
  async wipe(): Promise<void> {
    const running = this.nodes.filter((node) => !this.#notRunning().includes(node));
    if (running.length > 0) throw new ClusterError("usage", `${running.map(({ name }) => name).join(", ")} still run in ${this.dir}; \`down\` first.`);
    await alone(this.dir, this.say, async () => {
      for (const name of CONTENTS) rmSync(join(this.dir, name), { recursive: true, force: true });
    });
  }

  /** Kills all of it and removes the folder: the end of a test. */
  async remove(): Promise<void> {
    await this.crash();
    this.#dismissGuard();
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }

  /** Java, jars and configuration, made once; every call looks whether these nodes have room. */
  async launchpad(nodes: readonly ClusterNode[] = []): Promise<Launchpad> {
    requireMemory(nodes, this.settings.heap);
    await requireFree(nodes);
    if (this.#pad === undefined) {
      const java = findJava(process.env);
      requireDisk(this.settings);
      this.#pad = { settings: this.settings, java, classpath: await findClasspath(this.dir, process.env, this.say) };
      writeConfiguration(this.settings);
    }
    return this.#pad;
  }

  #wait(within: number, onServes: (node: ClusterNode) => void, only?: readonly ClusterNode[]): Promise<void> {
    const onMissing = (words: string): void => this.say(`Still waiting: ${words}.`);
    return waitUntilServing({ settings: this.settings, within, onServes, onMissing, ...(only !== undefined && { only }) });
  }

  /** Says of each node once that it serves, and after how long. */
  #teller(): (node: ClusterNode) => void {
    const [began, told] = [performance.now(), new Set<string>()];
    return (node) => {
      if (told.has(node.name)) return;
      told.add(node.name);
      this.say(inWords(node, performance.now() - began));
    };
  }

  #notRunning(): readonly ClusterNode[] {
    return this.nodes.filter(({ name }) => pidOf(this.dir, name) === undefined);
  }

  #running(name: string | undefined): ClusterNode {
    const node = nodeNamed(this.nodes, name);
    if (pidOf(this.dir, node.name) === undefined) throw new ClusterError("failed", `${node.name} is not running.`);
    return node;
  }

  async #kill(nodes: readonly ClusterNode[]): Promise<number> {
    const count = killAtOnce(this.dir, nodes);
    const [left] = await waitGone(this.dir, nodes, GONE_WITHIN);
    if (left !== undefined) throw new ClusterError("failed", `${left.name} is still there ten seconds after it was killed.`);
    return count;
  }

  #dismissGuard(): void {
    this.#guard?.dismiss();
    this.#guard = undefined;
  }
}

const inWords = ({ name, role, port }: ClusterNode, afterMs: number): string =>
  `${name.padEnd(3)}  ${ROLE_WORDS[role].padEnd(13)}  serves on port ${port}, after ${(afterMs / 1_000).toFixed(1)} s`;
