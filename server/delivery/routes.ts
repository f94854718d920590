import { emailOf, isOutside, phoneOf } from "@/domain/address";
import type { OutboxEntry } from "@/domain/outbox";
import type { Groups } from "../mailbox/groups";
import type { CopiedStep } from "./copied-step";
import type { CopyStep } from "./copy-step";
import type { HistoryStep } from "./history";
import type { MailboxStep, Source } from "./mailbox-step";
import type { OutsideStep } from "./outside-step";
import type { Owed } from "./owed";
import type { ReceiptStep } from "./receipt-step";

/**
 * A way out of a mailbox. Routes share nothing but the store: when one is full or slow, the others go on. `run` does a step and reports it in
 * the mailbox that owes; repeating it does nothing. It fails only for reasons of our own; what the other side says is reported.
 */
export interface Route {
  readonly name: string;
  /** What it fails together with: the mailbox it goes to, the domain of a mail, a carrier. */
  readonly destination: (entry: OutboxEntry) => string;
  /** Steps under way at once, altogether and to one destination: inside a process they are cheap, outside they hold a connection each. */
  readonly width: number;
  readonly perDestination: number;
  /** Entries in memory, altogether and waiting for one destination; beyond that they stay in the store until there is room. */
  readonly room: number;
  readonly roomPerDestination: number;
  readonly run: (owed: Owed) => Promise<void>;
}

export interface Steps {
  readonly toMailbox: MailboxStep;
  readonly toMail: OutsideStep;
  readonly toPhone: OutsideStep;
  /** Copies to phones of people here. */
  readonly copies: Pick<CopyStep, "run">;
  readonly copied: CopiedStep;
  readonly receipts: ReceiptStep;
  readonly history: HistoryStep;
  readonly groups: Pick<Groups, "finish">;
}

/** Which way each entry goes. */
export interface Routing {
  readonly routes: readonly Route[];
  readonly of: (entry: OutboxEntry) => Route;
}

export function routesOf(steps: Steps): Routing {
  const inside: Route = {
    name: "inside",
    destination: (entry) => (entry.kind === "roster" ? entry.threadId : entry.to),
    ...{ width: 512, perDestination: 64, room: 8_000, roomPerDestination: 1_000 },
    run: (owed) => runInside(steps, owed),
  };
  const mail: Route = {
    name: "mail",
    destination: (entry) => (entry.kind === "roster" ? "" : (emailOf(entry.to)?.split("@")[1] ?? "")),
    ...{ width: 16, perDestination: 4, room: 2_000, roomPerDestination: 400 },
    run: ({ user, entry }) => (entry.kind === "message" ? steps.toMail.run(user, entry) : runInside(steps, { user, entry })),
  };
  const sms: Route = {
    name: "sms",
    destination: (entry) => (entry.kind === "roster" ? "" : prefixOf(entry.to)),
    ...{ width: 256, perDestination: 128, room: 8_000, roomPerDestination: 4_000 },
    run: ({ user, entry }) => runSms(steps, { user, entry }),
  };
  const of = (entry: OutboxEntry): Route => (entry.kind === "roster" || !isOutside(entry.to) ? inside : phoneOf(entry.to) === undefined ? mail : sms);
  return { routes: [inside, mail, sms], of };
}

function runSms(steps: Steps, { user, entry }: Pick<Owed, "user" | "entry">): Promise<void> {
  if (entry.kind !== "message") return runInside(steps, { user, entry });
  return entry.copy ? steps.copies.run(user, entry) : steps.toPhone.run(user, entry);
}

/** Numbers that begin alike go by one carrier. */
const prefixOf = (to: string): string => phoneOf(to)?.slice(0, 4) ?? "";

const NOTHING: Source = { message: undefined, thread: undefined };

function runInside(steps: Steps, { user, entry, source = NOTHING }: Pick<Owed, "user" | "entry" | "source">): Promise<void> {
  switch (entry.kind) {
    case "message":
      return steps.toMailbox.run(user, entry, source);
    case "receipt":
      return steps.receipts.run(user, entry);
    case "copied":
      return steps.copied.run(user, entry);
    case "history":
      return steps.history.run(user, entry);
    case "roster":
      return steps.groups.finish(user, entry);
    default:
      return entry satisfies never;
  }
}
