import type { LogEntry } from "@/domain/action";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Person } from "@/domain/person";
import type { MailboxHead } from "@/domain/reduce";
import type { PhoneTerms } from "@/domain/sms/terms";
import type { TextWishes } from "@/domain/texting";
import type { Folder, Thread } from "@/domain/thread";

/** What the doors call. Each is implemented by a feature; a door knows nothing else of it. */
/** A phone of the demo's own network. */
export interface DemoPhone {
  /** E.164. */
  readonly number: string;
  readonly name: string;
  readonly behaviour: DemoBehaviour;
}

/** What the demo's network does with what we send to a phone. */
export interface DemoBehaviour {
  readonly outcome: "delivered" | "undeliverable" | "expired" | "no-receipt";
  /** Milliseconds until the receipt. */
  readonly delayMs: number;
}

/** A short message on the screen of a phone, as it travelled: long texts come in several, which the phone joins. */
export interface DemoText {
  readonly id: string;
  readonly phone: string;
  /** The number at the other end: ours. */
  readonly other: string;
  readonly direction: "to-phone" | "from-phone";
  readonly text: string;
  readonly segments: number;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface DemoPhonesService {
  list(): Promise<readonly DemoPhone[]>;
  /** Numbers of ours one can write to. */
  numbers(): Promise<readonly string[]>;
  /** Of one phone, oldest first, at most the newest 200. */
  texts(phone: string): Promise<readonly DemoText[]>;
  write(text: { readonly phone: string; readonly to: string; readonly text: string }): Promise<void>;
  behave(phone: string, behaviour: DemoBehaviour): Promise<void>;
}

export interface Services {
  readonly reads: ReadService;
  readonly sending: SendService;
  readonly acts: ActService;
  readonly groups: GroupService;
  readonly people: PeopleService;
  readonly addresses: AddressService;
  readonly textWishes: TextWishService;
  readonly phones: PhoneService;
  readonly originals: OriginalService;
  readonly texts: TextService;
  readonly overview: OverviewService;
  /** Present in demo mode only. */
  readonly demoMail?: DemoMailService;
  readonly demoPhones?: DemoPhonesService;
}

/** `seq` is the position the state was read at: what comes later is in the log after it. */
export interface ReadService {
  open(user: Id): Promise<{ head: MailboxHead }>;
  sync(user: Id, since: number, limit: number): Promise<{ entries: LogEntry[]; head: number }>;
  threads(user: Id, page: { folder: Folder; before?: string; limit: number }): Promise<{ threads: Thread[]; next?: string; seq: number }>;
  thread(user: Id, threadId: Id): Promise<{ thread: Thread; seq: number }>;
  /** Messages by rising id. `before` and `after` are exclusive ids; without either the newest. */
  messages(user: Id, threadId: Id, page: { before?: Id; after?: Id; limit: number }): Promise<{ messages: Message[]; more: boolean; seq: number }>;
}

export interface SendService {
  start(user: Id, people: readonly string[], maker: string): Promise<{ thread: Thread; seq: number }>;
  send(user: Id, threadId: Id, text: string, clientId: string): Promise<{ message: Message; seq: number }>;
  retry(user: Id, threadId: Id, messageId: Id, maker: string): Promise<{ seq: number }>;
}

export interface ActService {
  read(user: Id, threadId: Id, upTo: Id, maker: string): Promise<{ seq: number }>;
  markUnread(user: Id, threadId: Id, maker: string): Promise<{ seq: number }>;
  move(user: Id, threadId: Id, folder: Folder, maker: string): Promise<{ seq: number }>;
  mute(user: Id, threadId: Id, muted: boolean, maker: string): Promise<{ seq: number }>;
  saveDraft(user: Id, threadId: Id, text: string, maker: string): Promise<{ seq: number }>;
  deleteMessage(user: Id, threadId: Id, messageId: Id, maker: string): Promise<{ seq: number }>;
  restoreMessage(user: Id, threadId: Id, messageId: Id, maker: string): Promise<{ seq: number }>;
}

export interface GroupService {
  add(user: Id, threadId: Id, people: readonly string[], maker: string): Promise<{ seq: number }>;
  leave(user: Id, threadId: Id, maker: string): Promise<{ seq: number }>;
  rename(user: Id, threadId: Id, name: string, maker: string): Promise<{ seq: number }>;
}

export interface PeopleService {
  me(user: Id): Promise<Person & { role: "admin" | "member"; email: string; demo: boolean }>;
  update(user: Id, change: { name?: string; handle?: string }): Promise<Person>;
  many(ids: readonly ParticipantId[]): Promise<Person[]>;
  /** People to write to, by name or handle; an e-mail address or a phone number matches exactly and may be of somebody outside. */
  search(user: Id, query: string, limit: number, region?: string): Promise<Person[]>;
}

export interface AddressService {
  list(user: Id): Promise<{ email: string; verifiedAt?: number }[]>;
  claim(user: Id, email: string): Promise<void>;
  confirm(user: Id, email: string, code: string): Promise<void>;
  remove(user: Id, email: string): Promise<void>;
}

export interface TextService {
  /** How a text by this person would go now to each phone of a conversation. */
  terms(user: Id, threadId: Id): Promise<readonly PhoneTerms[]>;
}

/** A person's phones (E.164) and what they want to be texted of; `said`: they have chosen it, else it is what is usual. */
export interface Texting {
  readonly phones: readonly string[];
  readonly wishes: TextWishes;
  readonly said: boolean;
}
export interface TextWishService {
  of(user: Id): Promise<Texting>;
  save(user: Id, wishes: TextWishes): Promise<Texting>;
}

export interface FileService {
  /** A file of a message in one's own mailbox; `place` is its position there. Only what is a picture has a type to show it by. */
  open(user: Id, threadId: Id, messageId: Id, place: number): Promise<{ name: string; bytes: Buffer; picture?: string }>;
}

export interface PhoneService {
  /** `numbers` are ours, one of each carrier, to text F to; none when no texts are sent. `linkedAt` is missing while a code is awaited. */
  list(user: Id): Promise<{ phones: { number: string; linkedAt?: number }[]; numbers: string[] }>;
  /** `caller` is the network address that is counted. */
  claim(user: Id, number: string, caller: string): Promise<void>;
  /** The code says which phone it is. */
  confirm(user: Id, code: string, caller: string): Promise<{ number: string }>;
  remove(user: Id, number: string): Promise<void>;
}

export interface OriginalService {
  /** The mail as it came, made safe: bounded headers, text, sanitised HTML. Remote images stay out unless asked for. */
  open(user: Id, threadId: Id, messageId: Id, images: boolean): Promise<Original>;
}
export interface Original {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly html?: string;
  readonly blockedImages: number;
  readonly cut: boolean;
}

export interface OverviewService {
  overview(user: Id): Promise<Overview>;
}
/** A message store of several servers, in words where words say more. */
export interface StorageOverview {
  readonly engine: string;
  readonly words: string;
  readonly servers: readonly { readonly name: string; readonly alive: boolean; readonly words: string }[];
  readonly tables: readonly { readonly name: string; readonly words: string }[];
}
export interface OverviewFigure {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly words?: string;
  /** Stands behind the words, as how long ago that was. Unix milliseconds. */
  readonly since?: number;
}
export interface OverviewSeries {
  readonly key: string;
  readonly label: string;
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** One connection to a carrier. Times are Unix milliseconds. */
export interface CarrierBind {
  readonly name: string;
  readonly state: "ok" | "broken";
  readonly words: string;
  readonly since?: number;
  readonly nextTryAt?: number;
  /** How the one before it ended. */
  readonly ended?: { readonly at: number; readonly words: string };
}
export interface CarrierOverview {
  readonly name: string;
  readonly protocol: "SMPP" | "HTTP";
  readonly state: "ok" | "slow" | "broken";
  readonly words: string;
  readonly binds: readonly CarrierBind[];
  readonly lastError?: { readonly at: number; readonly words: string };
  readonly figures: readonly OverviewFigure[];
  /** In the last hour, the most frequent first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
  readonly series: readonly OverviewSeries[];
}
export interface SmsOverview {
  readonly words: string;
  readonly carriers: readonly CarrierOverview[];
  /** Of phones and of our numbers, whoever carries. */
  readonly phones: readonly OverviewFigure[];
}
export interface Overview {
  readonly sms: SmsOverview;
  /** Missing when the store lives in the server's own process. */
  readonly storage?: StorageOverview;
  readonly probes: readonly { readonly name: string; readonly state: "ok" | "slow" | "broken"; readonly words: string; readonly since?: number }[];
  readonly figures: readonly OverviewFigure[];
  readonly series: readonly OverviewSeries[];
}

export interface DemoMail {
  readonly id: Id;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
}
export interface DemoMailService {
  list(limit: number): Promise<DemoMail[]>;
  get(id: Id): Promise<DemoMail & { raw: string; text: string; headers: readonly (readonly [string, string])[] }>;
  write(mail: { from: string; name?: string; to: string; subject?: string; text: string; inReplyTo?: string }): Promise<{ answer: string }>;
}
