import "@/server/platform/threads";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TABLES } from "@/server/tables";
import { EmbeddedStore } from "@/storage/wide-column/drivers/embedded";
import { bootWorld } from "@/testkit/world";

/** The server of a benchmark, a process of its own: the embedded store on a real disk, `PEOPLE` accounts, everything else as in production. */
const people = Array.from({ length: Number(process.env.PEOPLE ?? 64) }, (_, i) => `p${i}`);
const dir = mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), "braid-bench-"));
const world = await bootWorld({
  people,
  store: (clock) =>
    EmbeddedStore.open({
      dir,
      schemas: TABLES,
      clock,
      onFatal: (error) => {
        throw error;
      },
    }),
});

process.on("message", (question) => {
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
  rmSync(dir, { recursive: true, force: true });
  process.exit(0);
});
process.send?.({ ready: true, url: world.url, cookies: people.map((handle) => world.cookie(handle)), people });
