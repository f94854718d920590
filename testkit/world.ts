import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { type Clock, IdMinter } from "@/domain/id";
import { phoneKey } from "@/domain/phone";
import type { DemoPhonesService } from "@/server/api/services";
import { assemble, type BraidServer, type Settings } from "@/server/assemble";
import { bundleParseWorker } from "@/server/bridges/email/parse-worker-bundle";
import { createLog } from "@/server/platform/log";
import { realTimers, type Timers } from "@/server/platform/timers";
import { type SmsNetwork, smsNetwork } from "@/server/sms-network";
import { TABLES } from "@/server/tables";
import { HaystackStore } from "@/storage/blobs/drivers/haystack";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { cookiesOf, Device } from "./client";
import { openTestDatabase } from "./database-template";
import { seededRandom } from "./random";

export interface WorldOptions {
  readonly people?: readonly string[];
  readonly seed?: number;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly settings?: Partial<Settings>;
  /** The bundled file of the threads that read mails; made now when there is none yet. */
  readonly mailWorker?: URL;
  /** Carriers for text messages, or the demo's own network with its phones. */
  readonly sms?: SmsNetwork | "demo";
  readonly store?: (clock: Clock) => WideColumnStore | Promise<WideColumnStore>;
}

export interface World {
  readonly server: BraidServer;
  readonly store: WideColumnStore;
  readonly url: string;
  readonly smtpPort: number;
  /** The phones of the demo's network, when it was asked for. */
  readonly phones: DemoPhonesService | undefined;
  /** A device of somebody, signed in. */
  device(handle: string): Promise<Device>;
  cookie(handle: string): string;
  idOf(handle: string): Promise<string>;
  /** Makes a phone somebody's, as if its code had come back. */
  link(handle: string, number: string): Promise<void>;
  /** Sends a real mail through the real door; resolves to the door's answer. */
  mail(mail: SendMailOptions): Promise<string>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = "correct horse";

/** A whole Braid in this process: real HTTP, sockets and SMTP on free ports, real database and blobs, people who have signed up. */
export async function bootWorld(options: WorldOptions = {}): Promise<World> {
  const { people = ["ann", "ben"], seed = 1, clock = Date.now, timers = realTimers } = options;
  const dir = mkdtempSync(path.join(tmpdir(), "braid-world-"));
  const random = seededRandom(seed);
  const [database, blobs, store, mailWorker] = await Promise.all([
    openTestDatabase({ clock }),
    HaystackStore.open({ dir, clock, random }),
    options.store?.(clock) ?? new MemoryStore({ schemas: TABLES, clock }),
    options.mailWorker ?? bundleParseWorker(dir),
  ]);
  const mint = new IdMinter(clock, random);
  const sms = options.sms === "demo" ? await smsNetwork({ demo: true }, { store, clock, timers, random, mint }) : options.sms;
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;
  const server = assemble({
    settings: {
      url,
      origins: [url],
      domain: "braid.test",
      demo: true,
      secret: "s".repeat(64),
      signIns: { signIn: 1e6, signUp: 1e6, other: 1e6 },
      calls: { burst: 1e6, perSecond: 1e6 },
      ...options.settings,
    },
    ...(sms && { sms }),
    ...{ http, store, blobs, database, clock, random, timers, mailWorker },
    mint,
    log: createLog({ level: process.env.LOG_LEVEL ?? "fatal" }),
  });
  await server.start();
  const smtp = await server.mail.listen(0, "127.0.0.1");
  const cookies = new Map<string, string>();
  for (const handle of people) cookies.set(handle, await signUp(url, handle));
  const cookie = (handle: string): string => cookies.get(handle) ?? "";
  const idOf = async (handle: string) => (await server.people.directory.byHandle(handle))?.id ?? "";
  return {
    server,
    store,
    url,
    smtpPort: smtp.port,
    phones: sms?.demo,
    device: (handle) => Device.open(url, cookie(handle)),
    cookie,
    idOf,
    link: async (handle, number) => {
      const userId = await idOf(handle);
      await database.prisma.phone.create({ data: { id: mint.next(), userId, number, key: phoneKey(number), verifiedAt: new Date(clock()) } });
      server.people.directory.forget(userId);
    },
    mail: (mail) => sendMail(smtp.port, mail),
    settle: () => server.settle(),
    close: async () => {
      await server.close();
      await Promise.all([store.close(), blobs.close(), database.close()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function signUp(url: string, handle: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ username: handle, name: `${handle[0]?.toUpperCase()}${handle.slice(1)} Test`, password: PASSWORD, email: `${handle}@braid.test` }),
  });
  if (!answer.ok) throw new Error(`Signing up ${handle} answered ${answer.status}: ${await answer.text()}`);
  return cookiesOf(answer);
}

async function sendMail(port: number, mail: SendMailOptions): Promise<string> {
  const mailer = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true, name: "outside.test" });
  try {
    return String((await mailer.sendMail(mail)).response);
  } finally {
    mailer.close();
  }
}
