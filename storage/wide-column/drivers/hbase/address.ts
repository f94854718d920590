import { StoreError } from "../../contract";

export interface HBaseAddress {
  /** `host:port` of masters and region servers: any of them tells where the rest is. */
  readonly seeds: readonly string[];
  readonly namespace: string;
}

const SEED = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i;
const NAMESPACE = /^[A-Za-z0-9_]{1,64}$/;
const WRITTEN = "hbase://host:port,host:port?namespace=braid";

/**
 * Reads `hbase://host:port,host:port/znode?namespace=name`. The hosts are masters or region servers, which know where the cluster's parts are; ZooKeeper is
 * not asked, so a znode is allowed and means nothing. The namespace is `braid` if not given; several Braids may share a cluster by it.
 */
export function parseAddress(url: string): HBaseAddress {
  const parts = /^hbase:\/\/([^/?#]+)(?:\/[^?#]*)?(?:\?([^#]*))?$/.exec(url);
  const seeds = parts?.[1]?.split(",").map((seed) => seed.trim()) ?? [];
  if (seeds.length === 0 || !seeds.every((seed) => SEED.test(seed))) wrong(url);
  const options = new URLSearchParams(parts?.[2] ?? "");
  const namespace = options.get("namespace") ?? "braid";
  if ([...options.keys()].some((key) => key !== "namespace")) wrong(url);
  if (!NAMESPACE.test(namespace)) throw new StoreError("bad-request", `${namespace} cannot be a namespace: letters, digits and _ only.`);
  return { seeds, namespace };
}

function wrong(url: string): never {
  throw new StoreError("bad-request", `${url} is no address of an HBase cluster: write ${WRITTEN}.`);
}
