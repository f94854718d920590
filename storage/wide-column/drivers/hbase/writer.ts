import { type Outcome as Answer, Durability, type HBase, when } from "../../../hbase";
import { type MutateResult, type RowMutation, StoreError, sizeOf } from "../../contract";
import { failureOf, failureOfAll, type Outcome } from "./failures";
import type { Floors } from "./floors";
import type { Lanes } from "./lanes";
import { GUARD, type TableLayout } from "./layout";
import { type Plan, planOf } from "./plan";
import { type Prepared, prepare } from "./prepared";
import { newestOf } from "./rows";
import type { Tally } from "./tally";

export interface WriterDeps {
  readonly client: Pick<HBase, "getMany" | "mutate" | "mutateRow">;
  readonly floors: Floors;
  readonly lanes: Lanes;
  readonly tally: Tally;
  /** What may wait before callers are told to come back later. */
  readonly limits: { readonly rows: number; readonly bytes: number };
  /** Milliseconds a change may take, its wait behind others of its row included. */
  readonly timeout: number;
  /** Milliseconds from any start. */
  readonly stopwatch: () => number;
}

/** Rows of one call that are under way together. */
const AT_ONCE = 256;

/**
 * Changes rows: takes their turn in each row, learns what timestamps they may have, sends them. When an answer is lost, a change without conditions and counts is
 * sent again: it has its timestamp, and made twice it is the same. Of any other only its maker can tell what became of it, by an epoch and a token of its own:
 * it fails with `unknown-outcome`.
 */
export class Writer {
  #bytes = 0;

  constructor(private readonly deps: WriterDeps) {}

  batch(layout: TableLayout, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    const { tally, limits, lanes, timeout, stopwatch } = this.deps;
    const bytes = sizeOf(rows);
    if (tally.waiting > 0 && (tally.waiting + rows.length > limits.rows || this.#bytes + bytes > limits.bytes))
      return Promise.reject(new StoreError("overloaded", "Too many changes wait for HBase."));
    const changes = rows.map((row) => prepare(layout, row));
    const deadline = stopwatch() + timeout;
    tally.waiting += rows.length;
    this.#bytes += bytes;
    const done = lanes.run(
      changes.map(({ row }) => row),
      () => this.#change(layout.table, changes, deadline),
    );
    return done.finally(() => {
      tally.waiting -= rows.length;
      this.#bytes -= bytes;
    });
  }

  async #change(table: string, changes: readonly Prepared[], deadline: number): Promise<MutateResult[]> {
    const { floors } = this.deps;
    const strangers = changes.filter(({ owner, row }) => !owner || !floors.knows(row));
    await this.#learn(table, strangers, deadline);
    const outcomes = await untilOneFails(changes, (change) => this.#send(table, change, deadline));
    const failure = failureOfAll(outcomes);
    if (failure) throw failure;
    return outcomes.map((applied) => ({ applied: applied === true }));
  }

  async #learn(table: string, changes: readonly Prepared[], deadline: number): Promise<void> {
    if (changes.length === 0) return;
    const { client, floors } = this.deps;
    const keys = changes.map(({ key }) => key);
    const guards = await client.getMany(table, keys, { families: [GUARD], timeout: this.#left(deadline) }).catch((error) => {
      throw failureOf(error, "reading");
    });
    changes.forEach(({ row }, at) => {
      floors.learn(row, newestOf(guards[at]!));
    });
  }

  async #send(table: string, change: Prepared, deadline: number): Promise<Outcome> {
    const { floors, tally, stopwatch } = this.deps;
    const began = stopwatch();
    try {
      const timeout = this.#left(deadline);
      const { done, cells } = await this.#mutate(table, change, planOf(change, floors.next(change.row)), timeout);
      floors.raise(change.row, newestOf(cells));
      if (done) tally.changed(stopwatch() - began);
      if (!done || !change.owner) floors.doubt(change.row);
      return done;
    } catch (error) {
      floors.doubt(change.row);
      return failureOf(error, "changing");
    }
  }

  /** Says FSYNC itself: what HBase does by default hangs on the settings of its servers. */
  #mutate(table: string, { key, when: condition }: Prepared, { puts, deletes, counts }: Plan, timeout: number): Promise<Answer> {
    const { client } = this.deps;
    const put = { kind: "put" as const, cells: puts };
    const options = { timeout, durability: Durability.fsync, safe: !condition && counts.length === 0 };
    if (options.safe && deletes.length === 0) return client.mutate(table, key, put, options);
    const mutations = [
      put,
      ...(deletes.length > 0 ? [{ kind: "delete" as const, cells: deletes }] : []),
      ...(counts.length > 0 ? [{ kind: "increment" as const, cells: counts }] : []),
    ];
    return client.mutateRow(table, key, mutations, { ...options, ...(condition && { condition: conditionOf(key, condition) }) });
  }

  #left(deadline: number): number {
    const left = deadline - this.deps.stopwatch();
    if (left <= 0) throw new StoreError("unavailable", "It waited too long behind other changes of its row.");
    return left;
  }
}

function conditionOf(key: Buffer, { family, qualifier, equals }: NonNullable<Prepared["when"]>) {
  return equals === undefined ? when.absent(key, family.toString(), qualifier) : when.cell(key, family.toString(), qualifier, "EQUAL", equals);
}

/** The outcome of each; after a failure those not yet sent are not sent at all, and share it. */
async function untilOneFails(changes: readonly Prepared[], send: (change: Prepared) => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  let failure: StoreError | undefined;
  const sender = async () => {
    while (next < changes.length && failure === undefined) {
      const at = next++;
      const outcome = await send(changes[at]!);
      outcomes[at] = outcome;
      if (outcome instanceof StoreError) failure = outcome;
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, changes.length) }, sender));
  return changes.map((_, at) => outcomes[at] ?? failure!);
}
