import type { Bytes, Cell, Row } from "../../contract";

/** Gathers the cells of a row, family by family; families without a cell do not show. */
export class RowBuilder {
  readonly #families: Record<string, Cell[]> = {};

  add(family: string, cells: readonly Cell[]): void {
    const held = this.#families[family];
    if (held) for (const cell of cells) held.push(cell);
    else if (cells.length > 0) this.#families[family] = [...cells];
  }

  /** The row, or undefined when it holds nothing. */
  row(key: Bytes): Row | undefined {
    return Object.keys(this.#families).length === 0 ? undefined : { key: Buffer.from(key), families: this.#families };
  }
}
