import { bytesOf, type Column, type WideColumnStore } from "@/storage/wide-column/contract";
import { type Attempt, isUnknown, nameOf, type Recorder } from "./history";
import { changesOf, EPOCH, stateOf, TABLE, VERSION, versionOf } from "./row-model";

export interface WriterDeps {
  readonly store: WideColumnStore;
  readonly recorder: Recorder;
  /** Milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Whether a row that cannot be settled is to be given up. */
  readonly hopeless: () => boolean;
}

/** Milliseconds between tries after the store has failed. */
const AGAIN = 100;

/**
 * The only writer of one row. It writes change after change, each until it is acknowledged, in one of two ways:
 * - `chain`: each change asks for the version before it and raises it;
 * - `owner`: as a mailbox is written, every change asks for an epoch that it leaves alone, and an unknown outcome is settled by raising it.
 */
export abstract class RowWriter {
  seq = 0;
  #tries = 0;

  constructor(
    protected readonly deps: WriterDeps,
    readonly row: string,
  ) {}

  /** Makes the next change, however long it takes; false when it was given up. */
  async next(): Promise<boolean> {
    const { recorder, hopeless, pause } = this.deps;
    const from = recorder.now();
    while (!(await this.try(this.seq + 1))) {
      if (hopeless()) return false;
      await pause(AGAIN);
    }
    this.seq++;
    recorder.waits.push({ row: this.row, what: "change", from, to: recorder.now() });
    return true;
  }

  /** One try with all it takes to know what became of it; whether the change is there. */
  protected abstract try(seq: number): Promise<boolean>;

  protected token(seq: number): string {
    return `${this.row}.${seq}.${++this.#tries}`;
  }

  protected async attempt(seq: number, token: string, asks: { column: Column; equals: Buffer | undefined }): Promise<Attempt> {
    const { store, recorder } = this.deps;
    const invoked = recorder.now();
    const ended = (outcome: Attempt["outcome"], error?: string): Attempt => {
      const attempt = { row: this.row, seq, token, invoked, ended: recorder.now(), outcome, ...(error !== undefined && { error }) };
      recorder.attempts.push(attempt);
      return attempt;
    };
    try {
      const when = { ...asks.column, equals: asks.equals };
      const { applied } = await store.mutateRow(TABLE.name, bytesOf(this.row), changesOf(seq, token), { when });
      return ended(applied ? "acknowledged" : "refused");
    } catch (error) {
      return ended(isUnknown(error) ? "unknown" : "failed", nameOf(error));
    }
  }

  protected resolve(attempt: Attempt, applied: boolean): void {
    attempt.resolved = applied ? "applied" : "not applied";
    attempt.known = this.deps.recorder.now();
  }

  /** The token that the row holds now. Waits for an answer. */
  protected async tokenThere(): Promise<string | undefined> {
    const { store, pause, hopeless } = this.deps;
    for (;;)
      try {
        return stateOf(await store.get(TABLE.name, bytesOf(this.row))).token;
      } catch {
        if (hopeless()) return undefined;
        await pause(AGAIN);
      }
  }
}

/** A version never comes back, so the same change may be sent again: if that is refused, the first one is there, or this one is. */
export class ChainWriter extends RowWriter {
  protected async try(seq: number): Promise<boolean> {
    const asks = { column: VERSION, equals: versionOf(seq - 1) };
    const unsure: Attempt[] = [];
    for (;;) {
      const attempt = await this.attempt(seq, this.token(seq), asks);
      if (attempt.outcome === "unknown") unsure.push(attempt);
      if (attempt.outcome === "acknowledged") for (const earlier of unsure) this.resolve(earlier, false);
      if (attempt.outcome === "acknowledged") return true;
      if (attempt.outcome === "refused") return this.#settle(unsure);
      if (this.deps.hopeless() || (unsure.length === 0 && attempt.outcome === "failed")) return false;
      await this.deps.pause(AGAIN);
    }
  }

  async #settle(unsure: readonly Attempt[]): Promise<boolean> {
    const there = await this.tokenThere();
    if (there === undefined) return false;
    for (const attempt of unsure) this.resolve(attempt, attempt.token === there);
    return unsure.some(({ token }) => token === there);
  }
}

/** Raising the epoch fences a change that may still be on its way; after that its token tells for certain. */
export class OwnerWriter extends RowWriter {
  #epoch: Buffer | undefined;
  #claims = 0;

  protected async try(seq: number): Promise<boolean> {
    this.#epoch ??= await this.#claim();
    if (this.#epoch === undefined) return false;
    const attempt = await this.attempt(seq, this.token(seq), { column: EPOCH, equals: this.#epoch });
    if (attempt.outcome !== "unknown") return attempt.outcome === "acknowledged";
    this.#epoch = await this.#claim();
    const there = this.#epoch && (await this.tokenThere());
    if (there === undefined) return false;
    this.resolve(attempt, attempt.token === there);
    return attempt.token === there;
  }

  /** Each try has a name of its own, so that one whose answer got lost is recognised. */
  async #claim(): Promise<Buffer | undefined> {
    const { store, pause, hopeless } = this.deps;
    const row = bytesOf(this.row);
    while (!hopeless())
      try {
        const cells = (await store.get(TABLE.name, row, { columns: [EPOCH] }))?.families.meta;
        const value = bytesOf(`e${++this.#claims}`);
        const { applied } = await store.mutateRow(TABLE.name, row, [{ kind: "put", ...EPOCH, value }], { when: { ...EPOCH, equals: cells?.[0]?.value } });
        if (applied) return value;
      } catch {
        await pause(AGAIN);
      }
    return undefined;
  }
}
