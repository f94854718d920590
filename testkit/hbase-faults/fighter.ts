import { setTimeout as pause } from "node:timers/promises";
import { noWay } from "@/server/delivery/outside-step";
import { MAILBOX_TABLES } from "@/server/mailbox/schema";
import { createMessaging, type Messaging } from "@/server/messaging";
import { systemClock, systemMinter, systemRandom } from "@/server/platform/system";
import { realTimers } from "@/server/platform/timers";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import { FakeDirectory } from "../messaging";
import { unfenced } from "./unfenced";

/**
 * An application server of its own that takes a mailbox which another one has taken as well, and sends from it, message after message, each
 * until it is acknowledged. `tsx fighter.ts ADDRESS NAME [unfenced]`; every line it prints is an acknowledged message, or an error.
 */
export function messagingOn(store: WideColumnStore): Messaging & { readonly ann: string; readonly ben: string } {
  const directory = new FakeDirectory();
  const [ann, ben] = [directory.add("ann"), directory.add("ben")];
  const nothing = () => {};
  const messaging = createMessaging({
    ...{ store, directory, domain: "braid.test", mint: systemMinter(), clock: systemClock, timers: realTimers, random: systemRandom },
    token: () => Buffer.from(systemRandom(12)).toString("hex"),
    ...{ mailOut: noWay("email", "No mail leaves this test."), smsOut: noWay("sms", "No SMS leaves this test.") },
    announce: nothing,
    events: {
      committed: nothing,
      delivered: nothing,
      sentOutside: nothing,
      mailReceived: nothing,
      textReceived: nothing,
      deliveryStumbled: nothing,
      archivingStumbled: nothing,
    },
  });
  return { ...messaging, ann, ben };
}

export const openMailboxes = (address: string): Promise<HBaseStore> => HBaseStore.open({ address, schemas: MAILBOX_TABLES, clock: systemClock });

export interface Line {
  readonly acknowledged?: string;
  readonly error?: string;
}

const say = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function fight(address: string, name: string, isFenced: boolean): Promise<void> {
  const store = await openMailboxes(address);
  const { sending, ann } = messagingOn(isFenced ? store : unfenced(store));
  const { thread } = await untilDone(() => sending.start(ann, ["ben"], "the-one-thread"));
  for (let n = 1; ; n++) {
    const text = `${name}-${n}`;
    await untilDone(() => sending.send(ann, thread.id, text, `client-${text}`));
    say({ acknowledged: text });
  }
}

/** What a browser does: the same again, under the same client id. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work();
    } catch (error) {
      say({ error: error instanceof Error && "code" in error ? String(error.code) : String(error) });
      await pause(20);
    }
}

const [, program, address, name, mode] = process.argv;
if (program?.endsWith("fighter.ts")) await fight(address as string, name as string, mode !== "unfenced");
