import type { Clock } from "../clock";
import type { Address } from "../connection/channel";
import type { Pool } from "../connection/pool";
import { HBaseError } from "../errors";
import { type Method, Registry as Methods } from "../wire/methods";
import type { Spec, Values } from "../wire/protobuf";

export interface ServerAddress extends Address {
  /** When the server was started: tells it from one before it at the same address. */
  readonly startCode?: number;
}

/** Milliseconds a seed has to answer, before the next one is asked. */
const PATIENCE = 2000;
/** Milliseconds between questions for more servers. */
const LEARN_EVERY = 60_000;

/**
 * Where hbase:meta and the active master are. Masters and region servers alike answer that (HBase 2.4 and later), so any of them will do as a
 * seed, and no ZooKeeper client is needed. The seed that answered last is asked first; when none of them answers, the servers that they once named.
 */
export class Registry {
  private readonly seeds: Address[];
  private learned: Address[] = [];
  private learnAt = Number.NEGATIVE_INFINITY;

  /** @param seeds `host:port` of masters, region servers or both */
  constructor(
    seeds: readonly string[],
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {
    this.seeds = seeds.map(parse);
    if (this.seeds.length === 0) throw new RangeError("at least one seed host:port is needed");
  }

  async activeMaster(deadline: number): Promise<ServerAddress> {
    const { server_name: server } = await this.ask(Methods.activeMaster, deadline);
    if (!server?.host_name) throw new HBaseError("busy", "MasterNotRunningException", "there is no active master");
    return { host: server.host_name, port: server.port!, startCode: server.start_code };
  }

  async meta(deadline: number): Promise<ServerAddress> {
    const { meta_locations = [] } = await this.ask(Methods.metaLocations, deadline);
    const server = meta_locations.find(({ region_info }) => !region_info?.replica_id)?.server_name;
    if (!server?.host_name) throw new HBaseError("moved", "NotServingRegionException", "hbase:meta has no server");
    return { host: server.host_name, port: server.port!, startCode: server.start_code };
  }

  async clusterId(deadline: number): Promise<string> {
    return (await this.ask(Methods.clusterId, deadline)).cluster_id ?? "";
  }

  /** Nothing was changed, whatever went wrong: the answer is `moved` (try again), unless the client is closed. */
  private async ask<O extends Spec>(method: Method<Record<string, never>, O>, deadline: number): Promise<Values<O>> {
    let last: unknown;
    for (const seed of [...this.seeds, ...this.learned]) {
      try {
        const { body } = await this.pool.connection(method.service, seed).call(method, {}, { deadline, answerWithin: PATIENCE });
        this.prefer(seed);
        this.learn(seed);
        return body;
      } catch (error) {
        if (error instanceof HBaseError && error.kind === "closed") throw error;
        last = error;
      }
    }
    throw new HBaseError("moved", "NoSeedAnswers", `none of ${this.seeds.length} seeds answers`, { cause: last });
  }

  /** In the background: nobody waits for it, and when it fails the seeds are still there. */
  private learn(seed: Address): void {
    const now = this.clock.now();
    if (now < this.learnAt) return;
    this.learnAt = now + LEARN_EVERY;
    const { service } = Methods.bootstrapNodes;
    const asked = this.pool.connection(service, seed).call(Methods.bootstrapNodes, {}, { deadline: now + PATIENCE });
    const remember = (nodes: readonly { host_name?: string; port?: number }[]) => {
      this.learned = nodes.flatMap(({ host_name: host, port }) => (host && port ? [{ host, port }] : []));
    };
    asked.then(({ body }) => remember(body.server_name ?? [])).catch(() => {});
  }

  private prefer(seed: Address): void {
    if (this.seeds[0] === seed || !this.seeds.includes(seed)) return;
    this.seeds.splice(this.seeds.indexOf(seed), 1);
    this.seeds.unshift(seed);
  }
}

function parse(seed: string): Address {
  const at = seed.lastIndexOf(":");
  const port = Number(seed.slice(at + 1));
  if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError(`a seed is host:port, not ${JSON.stringify(seed)}`);
  return { host: seed.slice(0, at).replace(/^\[(.*)\]$/, "$1"), port };
}
