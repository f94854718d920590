import { join } from "node:path";
import { type ClusterNode, IP, nodesOf, ofRole, quorumOf } from "./nodes";
import type { ClusterSettings } from "./settings";

export type Properties = Readonly<Record<string, string | number | boolean>>;

const nameNode = (settings: ClusterSettings): ClusterNode => ofRole(nodesOf(settings), "namenode")[0] as ClusterNode;
const hdfsUrl = (settings: ClusterSettings): string => `hdfs://${IP}:${nameNode(settings).port}`;

export function coreSite(settings: ClusterSettings): Properties {
  return {
    "fs.defaultFS": hdfsUrl(settings),
    "hadoop.tmp.dir": join(settings.dir, "tmp"),
    "ipc.client.connect.timeout": 3_000,
    "ipc.client.connect.max.retries.on.timeouts": 3,
  };
}

export function hdfsSite(settings: ClusterSettings): Properties {
  return {
    "dfs.replication": settings.replication,
    "dfs.namenode.replication.min": 1,
    "dfs.permissions.enabled": false,
    "dfs.namenode.name.dir": `file://${join(settings.dir, "data", "nn")}`,
    "dfs.namenode.http-address": `${IP}:${nameNode(settings).ports[1]}`,
    "dfs.namenode.handler.count": 10,
    // Default 30000: every start would wait that long in safe mode.
    "dfs.namenode.safemode.extension": 0,
    "dfs.namenode.safemode.min.datanodes": 1,
    // Block file, checksum file and their directory are synced when a block is closed, so HFiles are on the disk before the log of changes
    // that they replace is dropped.
    "dfs.datanode.synconclose": true,
    // A dead DataNode counts as stale after 4 s, as dead after 2 * 3 s + 10 * 1 s.
    "dfs.heartbeat.interval": 1,
    "dfs.namenode.heartbeat.recheck-interval": 3_000,
    "dfs.namenode.stale.datanode.interval": 4_000,
    "dfs.namenode.avoid.read.stale.datanode": true,
    "dfs.namenode.avoid.write.stale.datanode": true,
    "dfs.client.socket-timeout": 5_000,
    "dfs.datanode.socket.write.timeout": 10_000,
    // Writing goes on with the DataNodes that are left.
    "dfs.client.block.write.replace-datanode-on-failure.best-effort": true,
    // All of them are 127.0.0.1, and no names are looked up.
    "dfs.namenode.datanode.registration.ip-hostname-check": false,
    "dfs.datanode.hostname": IP,
    "dfs.datanode.handler.count": 5,
    // Several DataNodes share this disk: keep little free for others.
    "dfs.datanode.du.reserved": 104_857_600,
    "dfs.blockreport.initialDelay": 0,
  };
}

export function hbaseSite(settings: ClusterSettings): Properties {
  return { ...places(settings), ...durability(settings), ...quickStart(settings), ...quickRecovery, ...smallMachine };
}

const places = (settings: ClusterSettings): Properties => ({
  "hbase.cluster.distributed": true,
  "hbase.rootdir": `${hdfsUrl(settings)}/hbase`,
  "hbase.tmp.dir": join(settings.dir, "tmp"),
  "hbase.zookeeper.quorum": quorumOf(nodesOf(settings)),
  "hbase.zookeeper.property.clientPort": settings.portBase + 1,
  "zookeeper.session.timeout": settings.sessionMs,
  // The loopback only, and no names are looked up.
  "hbase.master.ipc.address": IP,
  "hbase.master.info.bindAddress": IP,
  "hbase.master.hostname": IP,
  "hbase.regionserver.ipc.address": IP,
  "hbase.regionserver.info.bindAddress": IP,
  "hbase.unsafe.regionserver.hostname": IP,
});

const durability = ({ hsync, checksum }: ClusterSettings): Properties => ({
  // Changes whose durability is unset or FSYNC_WAL are synced before they are acknowledged. One that says SYNC_WAL never is, whatever
  // stands here.
  "hbase.wal.hsync": hsync,
  // With CRC32C a DataNode that is killed between writing data and writing its checksum cuts the block back to a multiple of 512 bytes
  // when it starts again, acknowledged bytes included. HBase loses them when that happens to all copies of a log at once. NULL keeps no
  // checksum that could disagree; the price is that HDFS no longer sees bits that rot. HFiles carry HBase's own checksums either way.
  "dfs.checksum.type": checksum,
  "hbase.master.store.region.wal.hsync": true,
});

/** The master gives regions away once all region servers are there, or after four seconds. */
const quickStart = ({ regionServers }: ClusterSettings): Properties => ({
  "hbase.master.wait.on.regionservers.mintostart": 1,
  "hbase.master.wait.on.regionservers.maxtostart": regionServers,
  "hbase.master.wait.on.regionservers.timeout": 4_000,
  "hbase.master.wait.on.regionservers.interval": 200,
  "hbase.regionserver.msginterval": 1_000,
});

/** What passes between the death of a region server and its regions being served again: the session, this, and opening them. */
const quickRecovery: Properties = {
  "hbase.lease.recovery.first.pause": 300, // default 4000
  "hbase.lease.recovery.pause": 200,
  "hbase.lease.recovery.dfs.timeout": 4_000, // default 64000; the pause before the nth try is n times as long
  "hbase.procedure.remote.dispatcher.delay.msec": 20,
  "hbase.assignment.dispatch.wait.msec": 20,
};

const smallMachine: Properties = {
  // Ten calls wait for each handler at most; with 30 a client may have 256 calls under way before it hears CallQueueTooBig.
  "hbase.regionserver.handler.count": 30,
  "hbase.regionserver.metahandler.count": 6,
  "hbase.regionserver.replication.handler.count": 1,
  "hbase.regionserver.thread.compaction.small": 1,
  "hbase.hregion.memstore.flush.size": 33_554_432,
  // A slow sync is no reason to begin a new log here (default: 100 ms, 100 times a minute).
  "hbase.regionserver.wal.slowsync.ms": 2_000,
  "hbase.io.compress.zstd.codec": "org.apache.hadoop.hbase.io.compress.zstd.ZstdCodec",
};
