import type { Id } from "@/domain/id";
import type { Delivery } from "@/domain/message";
import type { PresenceState } from "@/domain/realtime";
import { Consent } from "@/server/bridges/sms/consent";
import { Doubts } from "@/server/bridges/sms/doubts";
import { SmsOut } from "@/server/bridges/sms/outgoing";
import { NumberPool } from "@/server/bridges/sms/pool";
import { Receipts } from "@/server/bridges/sms/receipts";
import { SmsRows } from "@/server/bridges/sms/rows";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { SmppNetwork } from "@/server/bridges/sms/smpp-network";
import { Submissions } from "@/server/bridges/sms/submissions";
import { SMS } from "@/server/bridges/sms/tables";
import { MAILBOX_TABLES } from "@/server/mailbox/schema";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { type MessagingWorld, messagingWorld, TestTime } from "../messaging";
import { seededRandom } from "../random";

const OURS = ["+12025550101", "+12025550102"];
const never = new Promise<never>(() => {});
const moment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** A text that was sent, and how it is with it. */
export interface Sent {
  readonly threadId: Id;
  readonly id: Id;
}

/** One Braid after the other on one store, and a carrier that lives through them, over real sockets and by a clock that only tests move. */
export class Lives {
  readonly store: MemoryStore;
  now!: Life;
  #lives = 0;

  private constructor(
    readonly smsc: Smsc,
    readonly time: TestTime,
    private readonly seed: number,
  ) {
    this.store = new MemoryStore({ schemas: [...MAILBOX_TABLES, SMS], clock: time.clock });
  }

  static async begin(seed = 1): Promise<Lives> {
    const time = new TestTime();
    const smsc = await Smsc.start({ accounts: { braid: "secret" }, clock: time.clock, timers: time, random: seededRandom(seed) });
    const lives = new Lives(smsc, time, seed);
    await lives.live();
    return lives;
  }

  /** Another Braid, which takes up what the one before owed. */
  async live(): Promise<void> {
    this.now = new Life(this.store, this.time, this.smsc.port, this.seed * 1_000 + this.#lives++);
    await this.now.world.deliverer.recover();
  }

  /** kill -9: from here on nothing of it is written or heard. */
  async die(): Promise<void> {
    this.now.isDead = true;
    this.smsc.kill();
    await this.#rest();
  }

  async pass(ms: number, step = 500): Promise<void> {
    await this.#rest();
    for (let passed = 0; passed < ms; passed += step) {
      this.time.advance(step);
      await this.#rest();
    }
  }

  /** Texts that the network took, in order, by their words. */
  get onPhones(): string[] {
    return this.smsc.taken.map(({ fields }) => String(fields.short_message));
  }

  async close(): Promise<void> {
    this.now.isDead = true;
    await this.smsc.close();
  }

  /** Sockets are real: until nothing more is said by either side. */
  async #rest(): Promise<void> {
    const said = () => this.smsc.heard.length + this.smsc.acknowledged.length + this.smsc.connections + this.now.calls;
    for (let before = -1, quiet = 0; quiet < 2; before = said()) {
      await moment();
      quiet = said() === before ? quiet + 1 : 0;
    }
  }
}

export class Life {
  readonly world: MessagingWorld;
  isDead = false;
  /** Calls of the store so far, and with which of them it dies, if with any; those that come before the answer is heard are carried out. */
  calls = 0;
  diesAt = Number.POSITIVE_INFINITY;

  constructor(shared: WideColumnStore, time: TestTime, port: number, seed: number) {
    const store = this.#mortal(shared);
    const timers = { after: (ms: number, run: () => void) => time.after(ms, () => this.isDead || run()) };
    const [rows, random] = [new SmsRows(store), seededRandom(seed)];
    const [pool, consent, submissions] = [new NumberPool(rows, time.clock), new Consent(rows, time.clock), new Submissions(rows)];
    const receipts = new Receipts({ submissions, mailboxes: { commit: (...all) => this.world.mailboxes.commit(...all) }, clock: time.clock });
    const network = new SmppNetwork({
      ...{ kind: "smpp", name: "north", binds: "transceiver", numbers: OURS, prices: new Map([["+", { micros: 10_000, currency: "USD" }]]) },
      account: { host: "127.0.0.1", port, systemId: "braid", password: "secret" },
      ...{ clock: time.clock, timers, random, text: async () => {}, ignored: () => {} },
      receipt: (carrier, receipt, phones) => receipts.take(carrier, receipt, phones),
    });
    const doubts = new Doubts({ rows, submissions, clock: time.clock });
    const way = new SmsOut({
      ...{ carriers: [network], pool, consent, submissions, doubts, reference: () => 7, settle: (of) => receipts.settle(of) },
      directory: { many: async (ids) => this.world.directory.many(ids) },
    });
    const texting = { way, of: async () => undefined, presence: (): PresenceState => "offline", mostPrice: 0, failed: () => {} };
    const phones = { stopped: async () => false, price: () => undefined, decide: () => never };
    this.world = messagingWorld({ seed, store, time, texting: { ...texting, phones } });
    this.world.person("ann");
    network.start();
  }

  /** `phone` is a number in E.164. */
  async say(phone: string, text: string): Promise<Sent> {
    const ann = this.world.person("ann");
    const { thread } = await this.world.sending.start(ann, [phone], `maker-${phone}`);
    return (await this.world.sending.send(ann, thread.id, text, `client-${text}`)).message;
  }

  async outcome(phone: string, { threadId, id }: Sent): Promise<Delivery | undefined> {
    return (await this.world.mailboxes.read(this.world.person("ann"), (view) => view.message(threadId, id)))?.delivery?.[`tel:${phone}`];
  }

  /** The store until death: what is asked afterwards is never answered, nor what was under way then. */
  #mortal(store: WideColumnStore): WideColumnStore {
    const guarded = new Set(["get", "getMany", "slice", "batch", "mutateRow"]);
    return new Proxy(store, {
      get: (target, name) => {
        const member = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        if (!guarded.has(String(name))) return member.bind(target);
        return async (...all: unknown[]) => {
          if (this.isDead) return never;
          this.isDead = ++this.calls >= this.diesAt;
          const answer = await member.apply(target, all);
          return this.isDead ? never : answer;
        };
      },
    });
  }
}
