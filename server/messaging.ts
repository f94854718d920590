import type { Clock, Id, IdMinter, Random } from "@/domain/id";
import type { Delivery, Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import type { PresenceState } from "@/domain/realtime";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { CopiedStep } from "./delivery/copied-step";
import { CopiesToPhones, noCopies, type Texting } from "./delivery/copies";
import { type CopyPhones, CopyStep } from "./delivery/copy-step";
import { Deliverer } from "./delivery/deliverer";
import { HistoryStep } from "./delivery/history";
import { MailboxStep } from "./delivery/mailbox-step";
import { Notices } from "./delivery/notices";
import { OutsideStep, type Way } from "./delivery/outside-step";
import { ReceiptStep } from "./delivery/receipt-step";
import { type InboundMail, Receive } from "./delivery/receive";
import { type InboundText, ReceiveText } from "./delivery/receive-text";
import { routesOf } from "./delivery/routes";
import { Acts } from "./mailbox/acts";
import { type ArchiveLimits, Archiver } from "./mailbox/archiver";
import { Groups } from "./mailbox/groups";
import { Mailboxes } from "./mailbox/mailboxes";
import type { Commit } from "./mailbox/owner";
import type { Directory } from "./mailbox/people";
import { Reads } from "./mailbox/reads";
import { Rosters } from "./mailbox/rosters";
import { Sending } from "./mailbox/sending";
import type { Timers } from "./platform/timers";

/** Nobody sees twenty milliseconds, and most reports travel with the sender's next message instead of alone. */
const PATIENCE = 20;

export interface MessagingDeps {
  readonly store: WideColumnStore;
  readonly directory: Directory;
  /** The part after the @ of our own people's addresses. */
  readonly domain: string;
  readonly country?: string;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Spreads repeats over time. */
  readonly random: Random;
  /** Never the same twice: marks each row mutation. */
  readonly token: () => string;
  /** How long a report of delivery may wait for company, milliseconds. */
  readonly patience?: number;
  /** How much stays in the heads of mailboxes, when not as much as usual. */
  readonly archiving?: ArchiveLimits;
  readonly mailOut: Way;
  readonly smsOut: Way;
  /** Without it nobody's phone gets copies. */
  readonly texting?: TextingDeps;
  readonly announce: (commit: Commit) => void;
  readonly events: MessagingEvents;
}

/** What copies to the phones of people who are away need. */
export interface TextingDeps {
  readonly of: (person: Id) => Promise<Texting | undefined>;
  readonly presence: (person: Id) => PresenceState;
  readonly phones: CopyPhones;
  /** Millionths of a carrier's currency for one segment. */
  readonly mostPrice: number;
  /** A message arrived, and whether it goes to a phone as well could not be asked. */
  readonly failed: (error: unknown, person: Id) => void;
}

/** What happened, for logs and counters. */
export interface MessagingEvents {
  committed(commit: Commit): void;
  delivered(message: Message, to: Id, afterMs: number): void;
  sentOutside(outcome: { delivery: Delivery; message: Message; to: string }): void;
  mailReceived(mail: InboundMail, to: Id): void;
  textReceived(text: InboundText, to: Id): void;
  /** `outbox`: what is owed could not be read. */
  deliveryStumbled(error: unknown, on: OutboxEntry["kind"] | "outbox"): void;
  archivingStumbled(error: unknown): void;
}

/** Wires the application server: mailboxes, what people do to them, and what is owed between them. */
export function createMessaging(deps: MessagingDeps) {
  const { store, directory, domain, country, mint, clock, timers, token, events } = deps;
  const announce = (commit: Commit): void => {
    events.committed(commit);
    deps.announce(commit);
    deliverer.take(commit);
    archiver.take(commit);
  };
  const mailboxes = new Mailboxes({ store, token, timers, announce, patience: deps.patience ?? PATIENCE });
  const archiver: Archiver = new Archiver({
    ...{ store, mailboxes, clock, timers, random: deps.random },
    ...(deps.archiving && { limits: deps.archiving }),
    stumbled: events.archivingStumbled,
  });
  const rosters = new Rosters(store);
  const { texting } = deps;
  const copies = texting ? new CopiesToPhones({ textingOf: texting.of, presence: texting.presence, clock, failed: texting.failed }) : noCopies;
  const shared = { mailboxes, rosters, copies, directory, domain, mint, clock, ...(country !== undefined && { country }) };
  const groups = new Groups(shared);
  const toPhone = new OutsideStep({ mailboxes, way: deps.smsOut, clock, told: events.sentOutside });
  const sending = new Sending(shared);
  const deliverer: Deliverer = new Deliverer({
    mailboxes,
    timers,
    clock,
    random: deps.random,
    routing: routesOf({
      toMailbox: new MailboxStep({ ...shared, delivered: events.delivered }),
      toMail: new OutsideStep({ mailboxes, way: deps.mailOut, clock, told: events.sentOutside }),
      toPhone,
      copies: texting ? new CopyStep({ mailboxes, toPhone, clock, ...texting, textingOf: texting.of }) : toPhone,
      copied: new CopiedStep(mailboxes, clock),
      receipts: new ReceiptStep(mailboxes, clock),
      history: new HistoryStep(shared),
      groups,
    }),
    failed: events.deliveryStumbled,
  });
  return {
    mailboxes,
    rosters,
    deliverer,
    archiver,
    reads: new Reads(mailboxes),
    acts: new Acts(mailboxes, clock),
    sending,
    groups,
    receive: new Receive({ ...shared, received: events.mailReceived }),
    notices: new Notices(shared),
    receiveText: new ReceiveText({ ...shared, sending, received: events.textReceived }),
  };
}

export type Messaging = ReturnType<typeof createMessaging>;
