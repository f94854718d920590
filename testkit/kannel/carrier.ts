import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SmppSettings } from "@/server/bridges/sms/smpp-network";
import { freePort } from "../../e2e/braid";
import { ACCESS_FORMAT, accessLog, Box, type Logged } from "./box";
import { Phones } from "./phone";

export interface KannelCarrierOptions {
  /** What its phone network takes in a second, and how many messages bearerbox keeps for it; more are refused. */
  readonly slow?: { readonly perSecond: number; readonly queue: number };
}

export const ACCOUNT = { systemId: "braid", password: "pw" } as const;
const NETWORK = "fake";

/**
 * A carrier made of Kannel: opensmppbox is its SMPP server, bearerbox its gateway, fakesmsc its phones. What bearerbox took is on the disk, so
 * each of them may be killed and started again.
 */
export class KannelCarrier {
  private constructor(
    readonly dir: string,
    readonly port: number,
    readonly bearerbox: Box,
    readonly smppbox: Box,
    readonly phones: Phones,
  ) {}

  static async start(options: KannelCarrierOptions = {}): Promise<KannelCarrier> {
    const dir = mkdtempSync(join(tmpdir(), "braid-kannel-"));
    for (const folder of ["store", "dlr"]) mkdirSync(join(dir, folder));
    const [admin, boxes, fake, smpp] = [await freePort(), await freePort(), await freePort(), await freePort()];
    writeFileSync(join(dir, "logins.txt"), `${ACCOUNT.systemId} ${ACCOUNT.password} VMA 127.0.0.1\n`);
    const gateway = {
      program: "bearerbox",
      dir,
      settings: gatewaySettings(dir, { admin, boxes, fake }, options),
      serves: /MAIN: Start-up done|bearerbox.*done/i,
    } as const;
    const server = { program: "opensmppbox", dir, settings: serverSettings(dir, { boxes, smpp }), serves: /Waiting for SMPP connections/ } as const;
    const carrier = new KannelCarrier(dir, smpp, new Box(gateway), new Box(server), new Phones(fake));
    await carrier.bearerbox.start();
    await carrier.smppbox.start();
    await carrier.phones.start();
    return carrier;
  }

  /** What bearerbox says it did. */
  logged(): Logged[] {
    return accessLog(join(this.dir, "access.log"));
  }

  async close(): Promise<void> {
    await Promise.all([this.phones.stop(), this.smppbox.stop(), this.bearerbox.stop()]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const OURS = Array.from({ length: 8 }, (_, i) => `+1202555010${i + 1}`);

/** As an operator would set it up. */
export const carrierAt = (port: number): SmppSettings => ({
  ...{ kind: "smpp", name: "kannel", account: { host: "127.0.0.1", port, ...ACCOUNT }, binds: "transceiver", numbers: OURS },
  prices: new Map([["+", { micros: 7_500, currency: "USD" }]]),
});

function gatewaySettings(dir: string, ports: { admin: number; boxes: number; fake: number }, { slow }: KannelCarrierOptions): string {
  return `group = core
admin-port = ${ports.admin}
admin-interface = "127.0.0.1"
admin-password = bar
smsbox-port = ${ports.boxes}
smsbox-interface = "127.0.0.1"
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
store-type = spool
store-location = "${join(dir, "store")}"
dlr-storage = spool
dlr-spool = "${join(dir, "dlr")}"
access-log = "${join(dir, "access.log")}"
access-log-format = "${ACCESS_FORMAT}"
sms-resend-freq = 1
sms-combine-concatenated-mo = false
${slow ? `sms-outgoing-queue-limit = ${slow.queue}` : ""}

group = smsc
smsc = fake
smsc-id = ${NETWORK}
port = ${ports.fake}
connect-allow-ip = 127.0.0.1
${slow ? `throughput = ${slow.perSecond}` : ""}

group = smsbox
bearerbox-host = 127.0.0.1

group = smsbox-route
smsbox-id = ${ACCOUNT.systemId}
smsc-id = ${NETWORK}
`;
}

/** Receipts it waits for are in its memory only: with them on the disk opensmppbox breaks down at the first message. */
function serverSettings(dir: string, ports: { boxes: number; smpp: number }): string {
  return `group = core
dlr-storage = internal

group = opensmppbox
opensmppbox-id = osb
opensmppbox-port = ${ports.smpp}
bearerbox-host = 127.0.0.1
bearerbox-port = ${ports.boxes}
our-system-id = KANNEL
route-to-smsc = ${NETWORK}
smpp-logins = "${join(dir, "logins.txt")}"
use-systemid-as-smsboxid = true
source-addr-auto = true
`;
}
