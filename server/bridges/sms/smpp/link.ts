import type { Pdu } from "smpp";
import { SmppFailure } from "./failure";
import type { LinkOptions } from "./link-options";
import { decodePdu, encodePdu, type Header, headerOf, RESPONSE, stampSequence } from "./pdu";
import { Requests } from "./requests";
import { refusalOf } from "./status";
import { encodeSubmit, type SubmitSm } from "./submit";
import { Window } from "./window";
import { Wire } from "./wire";

export type LinkPhase = "connecting" | "binding" | "bound" | "closing" | "ended";

const MAX_SEQUENCE = 0x7fffffff;
/** One connection to a carrier's SMPP server, bound as our account. Once it has ended it stays so; StandingLink makes another. */
export class SmppLink {
  /** Resolves when bound; rejects when that did not come about. */
  readonly bound: Promise<void>;
  /** Resolves with the reason when it is over. */
  readonly ended: Promise<SmppFailure>;
  #phase: LinkPhase = "connecting";
  #sequence = 0;
  readonly #window: Window;
  /** Binds, enquiries and the unbind do not count in the window. */
  readonly #control: Window;
  readonly #requests: Requests;
  readonly #wire: Wire;
  #stopEnquiry = () => {};
  /** Runs while half of the window waits in vain. */
  #patience: (() => void) | undefined;
  #nowBound!: () => void;
  #over!: (failure: SmppFailure) => void;

  constructor(private readonly options: LinkOptions) {
    const { account, limits, timers, receive } = options;
    this.ended = new Promise((resolve) => (this.#over = resolve));
    const isBound = new Promise<void>((resolve) => (this.#nowBound = resolve));
    this.bound = Promise.race([isBound, this.ended.then((failure) => Promise.reject(failure))]);
    this.bound.catch(() => {}); // not everybody asks
    this.#window = new Window(timers, (came) => this.#late(came));
    this.#control = new Window(timers);
    this.#requests = new Requests({
      ...{ receive, atOnce: limits.incoming, mayWait: limits.incomingWaiting },
      write: (pdu) => this.#wire.write(pdu),
      isOpen: () => this.#phase === "bound",
      onUnbind: () => this.#wire.finish(new SmppFailure("temporary", "unbound", "The carrier ended the connection.")),
    });
    const [onConnect, onFrame, onEnd] = [() => void this.#bind(), (frame: Buffer) => this.#frame(frame), (failure: SmppFailure) => this.#end(failure)];
    this.#wire = new Wire({ account, timers, connectMs: limits.connectMs, maxPdu: limits.maxPdu, onConnect, onFrame, onEnd });
  }

  get phase(): LinkPhase {
    return this.#phase;
  }

  /** submit_sm that may be sent now. */
  get free(): number {
    return this.#phase === "bound" ? Math.max(0, this.options.limits.window - this.#window.used) : 0;
  }

  get windowUsed(): number {
    return this.#window.used;
  }

  /** Resolves when the carrier has taken it; some carriers give no id, then it is empty. Rejects with SmppFailure. */
  async submit(sms: SubmitSm): Promise<{ readonly messageId: string }> {
    return this.send(encodeSubmit(sms));
  }

  /** The same for what `encodeSubmit` made. `late` hears that it was taken after all, when that was rejected as unknown before. */
  async send(submit: Buffer, late: (messageId: string) => void = () => {}): Promise<{ readonly messageId: string }> {
    if (this.free === 0) throw new SmppFailure("not-sent", "no-room", "The connection takes no more messages at the moment.");
    const cameLate = (frame: Buffer): void => {
      const { id, status } = headerOf(frame);
      if (status === 0 && id !== RESPONSE) late(messageIdIn(frame)); // a generic_nack says nothing good, whatever its status
    };
    const frame = await this.#ask(this.#window, submit, this.options.limits.answerMs, cameLate);
    this.options.onRoom?.();
    const { status } = headerOf(frame);
    if (status !== 0) throw refusalOf(status);
    return { messageId: messageIdIn(frame) };
  }

  /** Takes no more, waits for what is under way, unbinds. Resolves when the connection is closed. */
  async close(reason = new SmppFailure("not-sent", "closed", "The connection was closed here.")): Promise<void> {
    if (this.#phase === "closing" || this.#phase === "ended") return void (await this.ended);
    if (this.#phase !== "bound") return this.#wire.end(reason);
    this.#phase = "closing";
    const stop = this.options.timers.after(this.options.limits.closeMs, () => this.#wire.end(reason));
    await Promise.race([this.#goodbye(), this.ended]);
    stop();
    this.#wire.finish(reason);
  }

  /** At once. */
  fail(failure: SmppFailure): void {
    this.#wire.end(failure);
  }

  async #bind(): Promise<void> {
    this.#phase = "binding";
    const { account, kind, limits } = this.options;
    const { systemId: system_id, password, systemType: system_type = "", addressRange: address_range = "" } = account;
    try {
      const bind = encodePdu(`bind_${kind}`, { system_id, password, system_type, address_range, interface_version: 0x34 });
      const { status } = headerOf(await this.#ask(this.#control, bind, limits.bindMs));
      if (status !== 0) return this.#wire.end(refusalOf(status));
      if (this.phase !== "bound") return;
      this.#enquireLater();
      this.#nowBound();
    } catch (error) {
      if (error instanceof SmppFailure) this.#wire.end(new SmppFailure("temporary", "no-bind-answer", "The carrier did not answer when we said who we are."));
      else
        this.#wire.end(new SmppFailure("login", "invalid-account", `The settings of the carrier are wrong: ${error instanceof Error ? error.message : error}`));
    }
  }

  #enquireLater(): void {
    this.#stopEnquiry = this.options.timers.after(this.options.limits.enquireMs, () => void this.#enquire());
  }

  async #enquire(): Promise<void> {
    try {
      await this.#ask(this.#control, encodePdu("enquire_link"), this.options.limits.answerMs);
      if (this.#phase === "bound") this.#enquireLater();
    } catch {
      this.#wire.end(new SmppFailure("temporary", "silent", "The carrier did not answer when asked whether it is still there."));
    }
  }

  async #goodbye(): Promise<void> {
    await Promise.all([this.#window.idle(), this.#requests.idle()]);
    if (this.phase === "ended") return;
    await this.#ask(this.#control, encodePdu("unbind"), this.options.limits.closeMs).catch(() => {});
  }

  #ask(window: Window, request: Buffer, ms: number, late?: (frame: Buffer) => void): Promise<Buffer> {
    do this.#sequence = (this.#sequence % MAX_SEQUENCE) + 1;
    while (this.#window.has(this.#sequence) || this.#control.has(this.#sequence));
    stampSequence(request, this.#sequence);
    const answer = window.wait(this.#sequence, headerOf(request).id, ms, late);
    this.#wire.write(request);
    return answer;
  }

  /**
   * Answers that stay out take their places with them, and with half of the window gone a fresh connection is better. But what is late may only be slow, and is
   * lost with the connection: so none of them may have come for as long again as an answer may take.
   */
  #late(came: boolean): void {
    const { limits, timers, onRoom } = this.options;
    const isHalf = this.#window.late * 2 >= limits.window;
    if (came || !isHalf) this.#calm();
    if (isHalf) this.#patience ??= timers.after(limits.answerMs, () => void this.close(noAnswers()));
    if (came || !isHalf) onRoom?.();
  }

  #calm(): void {
    this.#patience?.();
    this.#patience = undefined;
  }

  #frame(frame: Buffer): void {
    const header = headerOf(frame);
    if (header.id < RESPONSE) this.#requests.take(frame);
    else this.#answered(header, frame);
  }

  #answered({ id, status, sequence }: Header, frame: Buffer): void {
    const isControl = this.#control.answer(sequence, id, frame);
    // Before anything else is read: the first message may come in one piece with the answer to the bind.
    if (isControl && this.#phase === "binding" && status === 0) this.#phase = "bound";
    if (!isControl) this.#window.answer(sequence, id, frame);
  }

  #end(failure: SmppFailure): void {
    this.#phase = "ended";
    this.#stopEnquiry();
    this.#calm();
    this.#requests.drop();
    this.#control.lose(failure);
    this.#window.lose(new SmppFailure("unknown-outcome", failure.code, `${failure.message} What was under way may have been taken.`));
    this.#over(failure);
  }
}

const noAnswers = (): SmppFailure => new SmppFailure("temporary", "no-answers", "The carrier left too many messages without an answer.");

/** The status has said that the message was taken: an answer that cannot be read beyond it only loses the id. */
function messageIdIn(frame: Buffer): string {
  try {
    const { message_id }: Pdu = decodePdu(frame);
    return typeof message_id === "string" ? message_id : "";
  } catch {
    return "";
  }
}
