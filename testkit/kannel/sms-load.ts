import { setTimeout as pause } from "node:timers/promises";
import type { Delivery, Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { Device } from "../client";
import { until } from "./box";
import type { KannelCarrier } from "./carrier";

interface Line {
  readonly phone: string;
  readonly threadId: string;
  /** Our number on that phone. */
  readonly ours: string;
}

/** Numbers that regulators keep free for stories. */
const PHONES = Array.from({ length: 20 }, (_, i) => `+120255501${20 + i}`);
/** Milliseconds between two messages in one direction. */
const EVERY = 25;
/** Before each look at all conversations: Braid answers one person only so many calls a second. */
const REST = 300;

/** Ann writes to twenty phones, and they write to her, whatever happens to Braid or Kannel meanwhile. Every text is there once. */
export class SmsLoad {
  /** What was written, and what of that Braid said yes to, by its text. */
  readonly written = new Set<string>();
  readonly acknowledged = new Set<string>();
  #ann: Device;

  private constructor(
    private readonly kannel: KannelCarrier,
    private readonly lines: readonly Line[],
    private readonly url: string,
    ann: Device,
  ) {
    this.#ann = ann;
  }

  /** One message to each phone, so that it knows the number to answer to. */
  static async begin(kannel: KannelCarrier, url: string): Promise<SmsLoad> {
    const ann = await Device.signIn(url, "ann");
    const threads: { phone: string; threadId: string }[] = [];
    for (const phone of PHONES) {
      const { thread } = await ann.mutate<{ thread: Thread }>("thread.start", { people: [phone], maker: `load-start-${phone.slice(1)}` });
      threads.push({ phone, threadId: thread.id });
      await ann.mutate("message.send", { threadId: thread.id, text: "hello", clientId: `load-hello-${phone.slice(1)}` });
    }
    const numberOn = (phone: string) => kannel.phones.arrived.find(({ to }) => to === phone)?.from;
    await until("every phone has a message", () => threads.every(({ phone }) => numberOn(phone)), 60_000);
    return new SmsLoad(
      kannel,
      threads.map((line) => ({ ...line, ours: numberOn(line.phone) as string })),
      url,
      ann,
    );
  }

  /** So many in each direction, one after the other; `beside` happens while they go. */
  async run(name: string, count: number, beside: () => Promise<void>): Promise<void> {
    await Promise.all([this.#out(name, count), this.#in(name, count), beside()]);
  }

  /** What Ann's conversations hold: her own texts and how they fared, and what came from phones. */
  async seen(): Promise<{ out: ReadonlyMap<string, Delivery>; in: readonly string[] }> {
    await pause(REST);
    const all: Message[] = [];
    for (const { threadId } of this.lines) all.push(...(await this.#messages(threadId)));
    const mine = all.filter(({ from }) => !from.startsWith("tel:"));
    return {
      out: new Map(mine.map(({ text, delivery }) => [text, Object.values(delivery ?? {})[0] as Delivery])),
      in: all.filter(({ from }) => from.startsWith("tel:")).map(({ text }) => text),
    };
  }

  close(): void {
    this.#ann.close();
  }

  /** As a browser does: what had no answer is sent again under its own id when Braid is back. */
  async #out(name: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { threadId } = this.lines[i % this.lines.length] as Line;
      const text = `${name}-out-${i}`;
      this.written.add(text);
      await this.#persist("message.send", { threadId, text, clientId: `load-${text}` });
      this.acknowledged.add(text);
      await pause(EVERY);
    }
  }

  /** While the phone network is away, phones wait. */
  async #in(name: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { phone, ours } = this.lines[i % this.lines.length] as Line;
      await until("the phone network is there", () => this.kannel.phones.runs, 60_000);
      await this.kannel.phones.text(phone, ours, `${name}-in-${i}`);
      await pause(EVERY);
    }
  }

  async #persist(path: string, input: unknown): Promise<void> {
    for (;;) {
      try {
        return void (await this.#ann.mutate(path, input));
      } catch {
        await pause(200);
        if (!this.#ann.socket.connected) this.#ann = await Device.signIn(this.url, "ann").catch(() => this.#ann);
      }
    }
  }

  async #messages(threadId: string): Promise<Message[]> {
    const { messages, more } = await this.#ann.query<{ messages: Message[]; more: boolean }>("thread.messages", { threadId, limit: 200 });
    if (more) throw new Error("A conversation has more messages than are looked at.");
    return messages;
  }
}
