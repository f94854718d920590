import { setTimeout as pause } from "node:timers/promises";
import { Admin, HBase, type Region } from "@/storage/hbase";
import { bytesOf, textOf, type WideColumnStore } from "@/storage/wide-column/contract";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import { dropNamespace, freshNamespace, seeds } from "@/storage/wide-column/drivers/hbase/testing/cluster";
import { HBaseCluster } from "../hbase-cluster/cluster";
import { Load, ROWS, SPLITS } from "./load";
import { type State, stateOf, TABLE } from "./row-model";

/** A cluster with a table of its own and callers at work on it. */
export class Scene {
  readonly cluster = HBaseCluster.open(process.env.BRAID_CLUSTER as string);
  readonly hbase = new HBase({ seeds: seeds(), timeout: 120_000 });
  readonly admin = new Admin(this.hbase);
  readonly load: Load;

  private constructor(
    readonly namespace: string,
    private readonly store: WideColumnStore,
  ) {
    this.load = new Load(store);
  }

  static async open(): Promise<Scene> {
    const namespace = freshNamespace();
    return new Scene(namespace, await openStore(namespace));
  }

  get table(): string {
    return `${this.namespace}:${TABLE.name}`;
  }

  regions(): Promise<readonly Region[]> {
    return this.hbase.regions(this.table);
  }

  /** The rows that a region server has now. */
  async rowsOf(server: string): Promise<ReadonlySet<string>> {
    const own = (await this.regions()).filter(({ port }) => this.cluster.nodeAt(port)?.name === server);
    return new Set(ROWS.filter((row) => own.some((region) => holds(region, row))));
  }

  /**
   * The region server with hbase:meta, or of the others the one that was started last: those that take over have then been running for a
   * while, as is usual. A Java that has just been started takes several times as long to split a log and to open regions.
   */
  async victim(hasMeta: boolean): Promise<string> {
    const meta = await this.cluster.serverOfMeta();
    if (hasMeta) return meta;
    const { servers } = await this.admin.status();
    const names = [...servers].sort((a, b) => b.startCode - a.startCode).flatMap(({ port }) => this.cluster.nodeAt(port)?.name ?? []);
    for (const name of names) if (name !== meta && (await this.rowsOf(name)).size > 0) return name;
    throw new Error(`Only ${meta} has any rows.`);
  }

  /** Returns when every row has had a change acknowledged that was begun after now, or after `within` milliseconds; whether they had. */
  async recovered(within: number): Promise<boolean> {
    const { recorder } = this.load;
    const since = recorder.now();
    while (recorder.now() - since < within) {
      const alive = new Set(recorder.waits.filter(({ what, from }) => what === "change" && from >= since).map(({ row }) => row));
      if (alive.size === ROWS.length) return true;
      await pause(200);
    }
    return false;
  }

  /** Starts what is missing. One that woke among strangers may be about to end itself, and is found dead: then again. */
  async makeWhole(): Promise<void> {
    for (let tries = 3; ; tries--)
      try {
        return await this.cluster.up();
      } catch (error) {
        if (tries === 1) throw error;
      }
  }

  /** Every row as a client sees it that knows nothing of the load. */
  async finalStates(): Promise<ReadonlyMap<string, State>> {
    const fresh = await openStore(this.namespace);
    const rows = await fresh.getMany(TABLE.name, ROWS.map(bytesOf));
    await fresh.close();
    return new Map(ROWS.map((row, i) => [row, stateOf(rows[i])]));
  }

  async close(): Promise<void> {
    await this.load.end();
    await this.store.close();
    await dropNamespace(this.namespace);
    this.hbase.close();
  }
}

const openStore = (namespace: string): Promise<WideColumnStore> =>
  HBaseStore.open({ address: { seeds: seeds(), namespace }, schemas: [TABLE], splits: SPLITS, clock: Date.now, patience: 120_000 });

const holds = ({ start, end }: Region, row: string): boolean => textOf(start) <= row && (end.length === 0 || row < textOf(end));
