import { bytesOf, type WideColumnStore } from "@/storage/wide-column/contract";
import { nameOf, type Recorder } from "./history";
import { columnsAround, stateOf, TABLE } from "./row-model";

/** Reads one row while it is written. */
export class RowReader {
  /** Since when an answer is waited for. */
  #since: number | undefined;

  constructor(
    private readonly store: WideColumnStore,
    private readonly recorder: Recorder,
    private readonly writer: { readonly row: string; readonly seq: number },
  ) {}

  async next(): Promise<void> {
    const { recorder } = this;
    const { row, seq } = this.writer;
    const invoked = recorder.now();
    this.#since ??= invoked;
    try {
      const state = stateOf(await this.store.get(TABLE.name, bytesOf(row), { columns: columnsAround(seq) }), seq);
      recorder.readings.push({ row, invoked, ended: recorder.now(), state });
      recorder.waits.push({ row, what: "read", from: this.#since, to: recorder.now() });
      this.#since = undefined;
    } catch (error) {
      recorder.readings.push({ row, invoked, ended: recorder.now(), error: nameOf(error) });
    }
  }
}
