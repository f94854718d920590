/**
 * One change of a row at a time. Two of one row that are under way together would reach the server in any order; if the later timestamp came first, the other's
 * puts, though acknowledged, would lie below it. Work on several rows waits for all of them; turns are taken in the order of the calls, so nobody waits in a ring.
 */
export class Lanes {
  readonly #last = new Map<string, Promise<void>>();

  run<T>(rows: readonly string[], work: () => Promise<T>): Promise<T> {
    const ahead = rows.flatMap((row) => this.#last.get(row) ?? []);
    const turn = Promise.all(ahead).then(work);
    const ended = turn.then(nothing, nothing).then(() => {
      for (const row of rows) if (this.#last.get(row) === ended) this.#last.delete(row);
    });
    for (const row of rows) this.#last.set(row, ended);
    return turn;
  }

  /** Rows somebody works on: none when all is quiet. */
  get busy(): number {
    return this.#last.size;
  }
}

const nothing = (): void => {};
