import type { Clock } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { MailParts } from "./mail-parts";
import type { Messaging } from "./messaging";
import type { Database } from "./people/db/database";
import type { Finding, Health } from "./platform/health";
import type { LoopDelay } from "./platform/loop-delay";
import type { SmsParts } from "./sms-parts";
import { storeServersFinding } from "./storage-overview";

export interface ProbeDeps {
  readonly health: Health;
  readonly store: WideColumnStore;
  readonly blobs: BlobStore;
  readonly database: Database;
  readonly loop: LoopDelay;
  readonly messaging: Messaging;
  readonly mail: MailParts;
  readonly sms: SmsParts;
  readonly clock: Clock;
}

/** Milliseconds a disk sync may take before people notice. */
const SLOW_SYNC = 50;
const MANY_OWED = 1_000;

/** Each part says in a sentence how it is and what that means for people. */
export function registerProbes({ health, store, blobs, database, loop, messaging, mail, sms }: ProbeDeps): void {
  health.register("Message store", () => storeFinding(store));
  health.register("Originals and attachments", () => blobFinding(blobs));
  health.register("People", async () => {
    await database.ping();
    return ok("Accounts and sign-in answer.");
  });
  health.register("Delivery", () => deliveryFinding(messaging.deliverer));
  health.register("Incoming mail", () => mail.doorFinding());
  health.register("Outgoing mail", () => mail.relayFinding());
  health.register("Text messages", () => sms.finding());
  health.register("Server", () => loop.probe());
}

async function storeFinding(store: WideColumnStore): Promise<Finding> {
  await store.get("mailbox", Buffer.from("health"), { families: ["meta"] });
  const { syncMs } = store.stats();
  const servers = await storeServersFinding(store);
  if (servers && servers.state !== "ok") return servers;
  if (syncMs.p99 > SLOW_SYNC)
    return { state: "slow", words: `The store is slow: one save in a hundred takes ${Math.round(syncMs.p99)} ms. Sending feels sluggish.` };
  return ok(`Messages are saved in ${syncMs.p50.toFixed(1)} ms.${servers ? ` ${servers.words}` : ""}`);
}

function blobFinding(blobs: BlobStore): Finding {
  const { corrupt, blobs: stored } = blobs.stats();
  if (corrupt > 0) return { state: "slow", words: `${corrupt} stored originals are damaged and cannot be opened. The messages themselves are not affected.` };
  return ok(`${stored} originals are stored, none damaged.`);
}

function deliveryFinding({ pending, owesMore, leftAlone }: Messaging["deliverer"]): Finding {
  const waiting = `${owesMore ? "More than " : ""}${pending} deliveries are waiting`;
  if (leftAlone > 0)
    return { state: "slow", words: `${waiting}. ${leftAlone} mailboxes or mail domains fail and are tried less often; others are not held up.` };
  if (pending > MANY_OWED) return { state: "slow", words: `${waiting}. Messages arrive late.` };
  return ok(pending === 0 ? "Nothing is waiting." : `${waiting}, retries included.`);
}

const ok = (words: string): Finding => ({ state: "ok", words });
