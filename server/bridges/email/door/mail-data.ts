import type { Readable } from "node:stream";
import type { Timers } from "@/server/platform/timers";
import { HeaderGauge } from "./header-gauge";
import type { DoorLimits } from "./limits";
import type { MemoryBudget } from "./memory-budget";
import { reply, type SmtpReply } from "./replies";
import { Segments } from "./segments";

/** A mail's bytes; `release` gives its memory back to the budget. Or why it was not taken, and whether the sender is still sending. */
export type MailData = { readonly raw: Buffer; readonly release: () => void } | { readonly refused: SmtpReply; readonly unfinished: boolean } | "gone";

type Limits = Pick<DoorLimits, "messageBytes" | "headerBytes" | "dataMs" | "drainMs">;

/** Takes what follows DATA. A mail over a limit is dropped as it comes, so that it costs no memory, and refused at its end. */
export function receiveData(stream: Readable, limits: Limits, budget: MemoryBudget, timers: Timers): Promise<MailData> {
  return new Promise((resolve) => {
    const mail = new Receiving(limits, budget);
    let cancel = timers.after(limits.dataMs, () => finish({ refused: reply.tooSlow(), unfinished: true }));
    const finish = (data: MailData): void => {
      cancel();
      mail.drop();
      resolve(data);
    };
    stream.on("data", (chunk: Buffer) => {
      const before = mail.refused;
      mail.take(chunk);
      const { refused } = mail;
      if (refused === undefined || before !== undefined) return;
      cancel();
      cancel = timers.after(limits.drainMs, () => finish({ refused, unfinished: true }));
    });
    stream.on("end", () => finish(mail.refused ? { refused: mail.refused, unfinished: false } : mail.whole()));
    stream.on("error", () => finish("gone"));
    stream.on("close", () => finish("gone"));
  });
}

class Receiving {
  readonly #gauge = new HeaderGauge();
  readonly #bytes = new Segments();
  refused: SmtpReply | undefined;

  constructor(
    private readonly limits: Limits,
    private readonly budget: MemoryBudget,
  ) {}

  take(chunk: Buffer): void {
    if (this.refused) return;
    this.#gauge.take(chunk);
    this.refused = this.#refusal(chunk.length);
    if (this.refused) this.drop();
    else this.#bytes.append(chunk);
  }

  whole(): MailData {
    const raw = this.#bytes.take();
    return { raw, release: () => this.budget.give(raw.length) };
  }

  drop(): void {
    this.budget.give(this.#bytes.length);
    this.#bytes.clear();
  }

  #refusal(more: number): SmtpReply | undefined {
    const { messageBytes, headerBytes } = this.limits;
    if (this.#gauge.bytes > headerBytes) return reply.headersTooLarge(headerBytes);
    if (this.#bytes.length + more > messageBytes) return reply.tooLarge(messageBytes);
    return this.budget.take(more) ? undefined : reply.noRoom();
  }
}
