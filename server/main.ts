import "./platform/paused-storage";
import { createServer, type Server } from "node:http";
import next from "next";
import { BlobError } from "@/storage/blobs/contract";
import { StoreError } from "@/storage/wide-column/contract";
import { assemble, type BraidServer, type ServerDeps } from "./assemble";
import { type Config, ConfigError, originsAt, readConfig } from "./config";
import { seedDemo } from "./demo/seed";
import { mailWorker } from "./mail-worker";
import { createLog, type Log } from "./platform/log";
import { keptSecret } from "./platform/secret";
import { systemClock, systemMinter, systemRandom } from "./platform/system";
import { realTimers } from "./platform/timers";
import { smsNetwork } from "./sms-network";
import { listen, listenEarly, starting } from "./starting";
import { openStores, type Stores } from "./stores";

/** Milliseconds a polite stop may take before the process ends anyway: what was acknowledged is on the disk already. */
const STOP_WITHIN = 8_000;

async function main(): Promise<void> {
  const began = performance.now();
  const dev = process.argv.includes("--dev");
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, readable: process.stdout.isTTY });
  for (const warning of config.warnings) log.warn(warning);
  const stores = await openStores(config, log);
  const http = createServer();
  // Which origins are trusted and to which passkeys belong is part of everything below, so a port that is not chosen yet is taken first.
  const early = config.port === 0 ? await listenEarly(http, config) : undefined;
  const port = early?.port ?? config.port;
  const parts = await partsOf({ ...config, ...originsAt(port, config.publicUrl) }, http, stores, log);
  early?.handOver(); // before the parts: Socket.IO would keep whoever answers by then
  const server = assemble(parts);
  server.showPages(starting);
  const pages = next({ dev, hostname: config.host, port, httpServer: server.http });
  await Promise.all([pages.prepare(), config.demo ? seedDemo(parts, server.people) : undefined]);
  server.showPages(pages.getRequestHandler());
  await server.start();
  const smtp = await server.mail.listen(config.smtpPort, config.host);
  if (!http.listening) await listen(http, config);
  stopOnSignals(server, stores);
  globalThis.gc?.(); // what starting up left behind would otherwise stay for hours in an idle server
  server.events.serverStarted({ url: parts.settings.url, smtpPort: smtp.port, afterMs: Math.round(performance.now() - began) });
}

async function partsOf(config: Config, http: Server, stores: Stores, log: Log): Promise<ServerDeps> {
  const own = { clock: systemClock, random: systemRandom, timers: realTimers, mint: systemMinter() };
  const { url, origins, domain, country, demo, smtpRelayUrl, trustedProxies, copyPrice } = config;
  const secret = config.secret ?? (await keptSecret(config.dataDir, systemRandom));
  return {
    ...stores,
    http,
    settings: {
      ...{ url, origins, domain, demo, secret },
      ...(country !== undefined && { country }),
      ...(smtpRelayUrl !== undefined && { smtpRelayUrl }),
      ...(trustedProxies && { trustedProxies }),
      ...(copyPrice !== undefined && { copyPrice }),
    },
    ...own,
    sms: await smsNetwork(config, { ...own, store: stores.store }),
    log,
    mailWorker: await mailWorker(),
  };
}

function stopOnSignals(server: BraidServer, { store, blobs, database }: Stores): void {
  let stopping = false;
  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    await server.close();
    await Promise.all([store.close(), blobs.close(), database.close()]);
    server.events.serverStopped({ reason });
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
}

/** What whoever starts Braid can do about it, instead of a stack. */
function inWords(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === "EADDRINUSE") return `Port ${port} is taken. Stop what uses it, or choose another with PORT or SMTP_PORT.`;
  const locked = code === "ELOCKED" || ((error instanceof StoreError || error instanceof BlobError) && error.kind === "locked");
  if (locked) return "Another Braid uses this data directory (store/locked). Stop it, or choose another directory with BRAID_DATA.";
  if (error instanceof StoreError && (error.kind === "bad-request" || error.kind === "unavailable")) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`);
  process.exit(1);
});
