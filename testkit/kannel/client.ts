import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../e2e/braid";
import { Box } from "./box";

export const CLIENT = { systemId: "kannel", password: "pw" } as const;
/** submit_sm that Kannel has unanswered at once. */
export const PENDING = 10;

/** A text of a phone, as Kannel handed it to its service. */
export interface Heard {
  /** Kannel's own. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

interface Ports {
  readonly admin: number;
  readonly boxes: number;
  readonly sendsms: number;
  readonly sink: number;
  readonly smsc: number;
}

/** Kannel as a customer of a carrier: bearerbox binds to it by SMPP, smsbox is the door of its programs. What bearerbox took is on the disk. */
export class KannelClient {
  readonly heard: Heard[] = [];
  /** Kannel's numbers of what receipts said (1 delivered, 2 failed), by the text they are of. */
  readonly receipts = new Map<string, number[]>();

  readonly #sent: string[] = [];

  private constructor(
    private readonly dir: string,
    private readonly ports: Ports,
    private readonly sink: Server,
    readonly bearerbox: Box,
    readonly smsbox: Box,
  ) {
    sink.on("request", ({ url = "" }, answer) => {
      this.#hear(url);
      answer.end();
    });
  }

  /** `smsc`: the port of the carrier on this machine. */
  static async start(smsc: number): Promise<KannelClient> {
    const dir = mkdtempSync(join(tmpdir(), "braid-kannel-"));
    for (const folder of ["store", "dlr"]) mkdirSync(join(dir, folder));
    const sink = createServer();
    await new Promise<void>((listening) => sink.listen(0, "127.0.0.1", listening));
    const ports = { admin: await freePort(), boxes: await freePort(), sendsms: await freePort(), sink: (sink.address() as AddressInfo).port, smsc };
    const settings = settingsOf(dir, ports);
    const bearerbox = new Box({ program: "bearerbox", dir, settings, serves: /MAIN: Start-up done/ });
    const smsbox = new Box({ program: "smsbox", dir, settings, serves: /Connected to bearerbox/ });
    const client = new KannelClient(dir, ports, sink, bearerbox, smsbox);
    await client.up();
    return client;
  }

  async up(): Promise<void> {
    await this.bearerbox.start();
    await this.smsbox.start();
  }

  /** As its machine's death would. */
  async kill(): Promise<void> {
    await Promise.all([this.smsbox.stop(), this.bearerbox.stop()]);
  }

  /** Answers whether Kannel has it, for good then. */
  async send(from: string, to: string, text: string): Promise<boolean> {
    // Its number and not the text itself: Kannel takes what follows a "%" here for its own signs.
    const dlr = `http://127.0.0.1:${this.ports.sink}/receipt?state=%d&number=${this.#sent.push(text) - 1}`;
    const coding = /^[\x20-\x7e]*$/.test(text) ? "0" : "2";
    const query = new URLSearchParams({ username: "app", password: "app", from, to, text, charset: "UTF-8", coding, "dlr-mask": "3", "dlr-url": dlr });
    const answer = await fetch(`http://127.0.0.1:${this.ports.sendsms}/cgi-bin/sendsms?${query}`).catch(() => undefined);
    return answer?.status === 202;
  }

  async close(): Promise<void> {
    await this.kill();
    this.sink.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #hear(url: string): void {
    const { pathname, searchParams: fields } = new URL(url, "http://sink");
    const words = this.#sent[Number(fields.get("number"))] ?? "";
    if (pathname === "/receipt") this.receipts.set(words, [...(this.receipts.get(words) ?? []), Number(fields.get("state"))]);
    else this.heard.push({ id: fields.get("id") ?? "", from: fields.get("from") ?? "", text: textIn(url, fields) });
  }
}

/** Coding 2 is UCS-2, in bytes that are no UTF-8. */
function textIn(url: string, fields: URLSearchParams): string {
  if (fields.get("coding") !== "2") return fields.get("text") ?? "";
  const raw = /[?&]text=([^&]*)/.exec(url)?.[1] ?? "";
  const bytes = raw.replaceAll("+", " ").replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(bytes, "latin1").swap16().toString("utf16le");
}

const settingsOf = (dir: string, { admin, boxes, sendsms, sink, smsc }: Ports): string => `group = core
admin-port = ${admin}
admin-interface = "127.0.0.1"
admin-password = bar
smsbox-port = ${boxes}
smsbox-interface = "127.0.0.1"
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
store-type = spool
store-location = "${join(dir, "store")}"
dlr-storage = spool
dlr-spool = "${join(dir, "dlr")}"
sms-resend-freq = 1
sms-combine-concatenated-mo = true

group = smsc
smsc = smpp
smsc-id = braid
host = 127.0.0.1
port = ${smsc}
transceiver-mode = true
system-type = ""
smsc-username = ${CLIENT.systemId}
smsc-password = ${CLIENT.password}
source-addr-autodetect = yes
max-pending-submits = ${PENDING}
enquire-link-interval = 5
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendsms}
sendsms-interface = "127.0.0.1"

group = sendsms-user
username = app
password = app
max-messages = 10
concatenation = true

group = sms-service
keyword = default
get-url = "http://127.0.0.1:${sink}/text?from=%p&text=%b&coding=%c&id=%I"
max-messages = 0
catch-all = true
`;
