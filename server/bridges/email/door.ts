import type { AddressInfo } from "node:net";
import type { SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import { realTimers, type Timers } from "@/server/platform/timers";
import { DoorConnection, DoorServer } from "./door/connection";
import { DOOR_LIMITS, type DoorLimits } from "./door/limits";
import { receiveData } from "./door/mail-data";
import { MemoryBudget } from "./door/memory-budget";
import { reply, type SmtpReply, storageReply } from "./door/replies";
import type { MailEvents } from "./events";
import { normalAddress } from "./parse/addresses";
import type { Arrival } from "./spool";

interface Recipients {
  /** The users behind an address of ours (as `normalEmail` spells it); none when it is nobody's. May fail; then the sender tries again. */
  resolve(address: string): Promise<readonly string[]>;
}

export interface SmtpDoorOptions {
  readonly recipients: Recipients;
  readonly spool: { accept(arrival: Arrival): Promise<string> };
  readonly events: MailEvents;
  /** What stands behind the @ of our people's addresses. */
  readonly domain: string;
  /** How the server calls itself; the domain when left out. */
  readonly hostname?: string;
  readonly limits?: Partial<DoorLimits>;
  readonly timers?: Timers;
}

type Answer = (error?: Error | null, message?: string) => void;

/**
 * The inbound mail door (RFC 5321). Recipients are judged at RCPT, so that a mail for nobody is refused before it is sent; 250 after DATA
 * means the mail is on the disk. The bytes are kept as they came, nothing is put before them. No AUTH, no relay, no TLS of its own.
 */
export class SmtpDoor {
  readonly #options: SmtpDoorOptions;
  readonly #limits: DoorLimits;
  readonly #timers: Timers;
  readonly #budget: MemoryBudget;
  readonly #server: DoorServer;
  readonly #users = new WeakMap<SMTPServerAddress, readonly string[]>();
  readonly #unknown = new WeakMap<SMTPServerSession, number>();

  constructor(options: SmtpDoorOptions) {
    this.#options = options;
    this.#limits = { ...DOOR_LIMITS, ...options.limits };
    this.#timers = options.timers ?? realTimers;
    this.#budget = new MemoryBudget(this.#limits.bufferBytes);
    this.#server = this.#build();
  }

  /** Resolves when it listens; port 0 takes a free one. Fails when the port is taken. */
  async listen(port: number, host: string): Promise<{ readonly port: number; readonly host: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.server.off("error", reject);
        resolve();
      });
    });
    return { port: (this.#server.server.address() as AddressInfo).port, host };
  }

  /** Takes no more; mails under way may end, within `closeMs`. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(resolve));
    for (const connection of this.#server.connections) {
      if (!connection._dataStream && connection instanceof DoorConnection) connection.dismiss(reply.stopping());
    }
    await closed;
  }

  #build(): DoorServer {
    const { domain, hostname = domain, events } = this.#options;
    const limits = this.#limits;
    const server = new DoorServer(
      {
        name: hostname,
        banner: "Braid",
        size: limits.messageBytes,
        disabledCommands: ["AUTH", "STARTTLS", "XCLIENT", "XFORWARD", "WIZ", "SHELL", "KILL"],
        hideENHANCEDSTATUSCODES: false,
        // Addresses beyond ASCII have no spelling in Braid yet; their senders are told so by their own servers.
        hideSMTPUTF8: true,
        disableReverseLookup: true,
        logger: false,
        maxRecipients: limits.recipients,
        maxCommandLength: limits.commandBytes,
        socketTimeout: limits.idleMs,
        closeTimeout: limits.closeMs,
        onRcptTo: (address, session, answer) => void this.#recipient(address, session).then(() => answer(), answer),
        onData: (stream, session, answer) => void this.#data(stream, session, answer),
      },
      { limits, timers: this.#timers, refused: (line, ip) => events.mailRefused({ reply: line, ip }) },
    );
    server.on("error", (error) => events.mailTrouble({ what: "door", error }));
    return server;
  }

  /** Resolves to nothing when the recipient is taken; fails with SmtpReply. */
  async #recipient(given: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const { domain, recipients } = this.#options;
    // RFC 5321 4.5.1: the bare word is an address too.
    const address = normalAddress(given.address.includes("@") ? given.address : `${given.address}@${domain}`);
    if (address === undefined) throw reply.badRecipient();
    if (!address.endsWith(`@${domain.toLowerCase()}`)) throw reply.noRelay();
    const users = await recipients.resolve(address).catch((error: unknown) => {
      this.#options.events.mailTrouble({ what: "door", error });
      throw reply.notStored();
    });
    if (users.length === 0) throw this.#nobody(session);
    this.#users.set(given, users);
  }

  #nobody(session: SMTPServerSession): SmtpReply {
    const count = (this.#unknown.get(session) ?? 0) + 1;
    this.#unknown.set(session, count);
    return count > this.#limits.unknownRecipients ? reply.guessing() : reply.unknownRecipient();
  }

  async #data(stream: SMTPServerDataStream, session: SMTPServerSession, answer: Answer): Promise<void> {
    const data = await receiveData(stream, this.#limits, this.#budget, this.#timers);
    if (data === "gone") return;
    if ("refused" in data) return data.unfinished ? this.#dismiss(session, data.refused) : answer(data.refused);
    try {
      const id = await this.#store(data.raw, session);
      answer(null, `Accepted as ${id}`);
    } catch (error) {
      this.#options.events.mailTrouble({ what: "door", error });
      answer(storageReply(error));
    } finally {
      data.release();
    }
  }

  async #store(raw: Buffer, { envelope, remoteAddress, hostNameAppearsAs }: SMTPServerSession): Promise<string> {
    const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
    const to = envelope.rcptTo.flatMap((recipient) => (this.#users.get(recipient) ?? []).map((userId) => ({ address: recipient.address, userId })));
    const id = await this.#options.spool.accept({ raw, envelope: { from, to }, ip: remoteAddress, helo: hostNameAppearsAs });
    this.#options.events.mailAccepted({ id, from, recipients: to.length, bytes: raw.length, ip: remoteAddress });
    return id;
  }

  #dismiss(session: SMTPServerSession, refusal: SmtpReply): void {
    for (const connection of this.#server.connections) {
      if (connection.session === session && connection instanceof DoorConnection) connection.dismiss(refusal);
    }
  }
}
