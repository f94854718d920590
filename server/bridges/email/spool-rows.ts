import { z } from "zod";
import { type Id, isId } from "@/domain/id";
import { type Row, StoreError, type WideColumnStore } from "@/storage/wide-column/contract";
import { RECORD, SPOOL } from "./tables";

/** What the door knew of a mail when it said 250. */
const SPOOLED = z.object({
  id: z.string().refine(isId),
  /** Key of the mail's bytes in the blob store. */
  raw: z.string().min(1),
  envelope: z.object({
    /** Empty for the null reverse-path of bounces (RFC 5321 4.5.5). */
    from: z.string(),
    to: z.array(z.object({ address: z.string(), userId: z.string() })).min(1),
  }),
  receivedAt: z.number(),
  ip: z.string(),
  helo: z.string(),
  bytes: z.number(),
});
export type SpooledMail = Readonly<z.infer<typeof SPOOLED>>;
export type Envelope = SpooledMail["envelope"];

/** The rows of table `spool`. Failures are StoreError. */
export class SpoolRows {
  constructor(private readonly store: WideColumnStore) {}

  /** Resolves when the row is durable. With StoreError `unknown-outcome` it may be there or may still come; with any other it is not. */
  async add(mail: SpooledMail): Promise<void> {
    try {
      await this.store.mutateRow(SPOOL.name, Buffer.from(mail.id), [{ kind: "put", ...RECORD, value: Buffer.from(JSON.stringify(mail)) }]);
    } catch (error) {
      if (!isUnknownOutcome(error) || (await this.get(mail.id)) === undefined) throw error;
    }
  }

  async get(id: Id): Promise<SpooledMail | "damaged" | undefined> {
    const row = await this.store.get(SPOOL.name, Buffer.from(id));
    return row && read(row);
  }

  async remove(id: Id): Promise<void> {
    await this.store.mutateRow(SPOOL.name, Buffer.from(id), [{ kind: "delete", ...RECORD }]);
  }

  /** Ids from the oldest on. */
  async *ids(): AsyncGenerator<Id> {
    for await (const row of this.store.scan(SPOOL.name)) yield row.key.toString();
  }
}

export const isUnknownOutcome = (error: unknown): boolean => error instanceof StoreError && error.kind === "unknown-outcome";

function read(row: Row): SpooledMail | "damaged" {
  try {
    const found = SPOOLED.safeParse(JSON.parse(String(row.families[RECORD.family]?.[0]?.value)));
    return found.success ? found.data : "damaged";
  } catch {
    return "damaged";
  }
}
