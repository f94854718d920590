import type { Id } from "@/domain/id";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { SMS } from "./tables";

/** Something that came with a text and lies with the carrier. Both words are the carrier's. */
export interface MediaDue {
  readonly url: string;
  readonly type: string;
}

/** What is to be fetched for one message. */
export interface MediaJob {
  readonly carrier: string;
  readonly threadId: Id;
  /** Whose mailboxes have the message. */
  readonly people: readonly Id[];
  /** When the message was taken, Unix milliseconds. */
  readonly at: number;
  readonly media: readonly MediaDue[];
}

const COLUMN = { family: "in", qualifier: Buffer.from("due") };
const rowOf = (message: Id): Buffer => Buffer.from(`m:${message}`);

/** The messages whose pictures are not all here. Failures are StoreError. */
export class MediaRows {
  constructor(private readonly store: WideColumnStore) {}

  /** Durable when it resolves. */
  async add(message: Id, job: MediaJob): Promise<void> {
    await this.store.mutateRow(SMS.name, rowOf(message), [{ kind: "put", ...COLUMN, value: Buffer.from(JSON.stringify(job)) }]);
  }

  async get(message: Id): Promise<MediaJob | undefined> {
    const row = await this.store.get(SMS.name, rowOf(message), { columns: [COLUMN] });
    const cell = row?.families[COLUMN.family]?.[0];
    return cell && (JSON.parse(cell.value.toString("utf8")) as MediaJob);
  }

  async remove(message: Id): Promise<void> {
    await this.store.mutateRow(SMS.name, rowOf(message), [{ kind: "delete", ...COLUMN }]);
  }

  /** Messages from the oldest on. */
  async *messages(): AsyncGenerator<Id> {
    for await (const { key } of this.store.scan(SMS.name, { from: Buffer.from("m:"), to: Buffer.from("m;"), families: [COLUMN.family] }))
      yield key.toString("utf8").slice(2);
  }
}
