import "@/server/platform/paused-storage";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mailWorker } from "@/server/mail-worker";
import type { SmsNetwork } from "@/server/sms-network";
import { TABLES } from "@/server/tables";
import { EmbeddedStore } from "@/storage/wide-column/drivers/embedded";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import { bootWorld } from "@/testkit/world";
import { type Filling, fill } from "./queue-fill";

/** The server of a benchmark, a process of its own: the embedded store on a real disk, or BENCH_STORE; `PEOPLE` accounts, everything else as in production. */
const people = Array.from({ length: Number(process.env.PEOPLE ?? 64) }, (_, i) => `p${i}`);
/** BENCH_DATA is a directory that outlives this process. */
const kept = process.env.BENCH_DATA || undefined;
const dir = kept ?? mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), "braid-bench-"));
const address = process.env.BENCH_STORE;
/** One bind to the SMSC of the benchmark, and eight numbers there. */
const smsc = Number(process.env.BENCH_SMSC || 0);
const CARRIER: SmsNetwork["carriers"][number] = {
  ...{ kind: "smpp", name: "bench", binds: "transceiver", prices: new Map([["+", { micros: 1, currency: "USD" }]]) },
  numbers: Array.from({ length: 8 }, (_, i) => `+1202555010${i + 1}`),
  account: { host: "127.0.0.1", port: smsc, systemId: "braid", password: "secret" },
  perSecond: 5_000,
};
const onFatal = (error: Error): void => {
  throw error;
};
const world = await bootWorld({
  people,
  ...(smsc > 0 && { sms: { carriers: [CARRIER] } }),
  mailWorker: await mailWorker(),
  store: (clock) => (address ? HBaseStore.open({ address, schemas: TABLES, clock }) : EmbeddedStore.open({ dir, schemas: TABLES, clock, onFatal })),
});

process.on("message", async (question) => {
  if (typeof question === "object") return process.send?.({ filled: await fill(world, people, question as Filling) });
  const cpu = process.cpuUsage();
  process.send?.({
    question,
    stats: world.store.stats(),
    rss: process.memoryUsage.rss(),
    cpuMs: (cpu.user + cpu.system) / 1000,
    owed: world.server.messaging.deliverer.pending,
  });
});
process.on("SIGTERM", async () => {
  await world.close();
  if (kept === undefined) rmSync(dir, { recursive: true, force: true });
  process.exit(0);
});
process.send?.({ ready: true, url: world.url, cookies: people.map((handle) => world.cookie(handle)), people });
