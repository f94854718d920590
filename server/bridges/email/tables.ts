import type { TableSchema } from "@/storage/wide-column/contract";

/** Mail that was accepted and is not yet in its recipients' mailboxes. One row a mail, its key the id: the oldest first. */
export const SPOOL: TableSchema = { name: "spool", families: ["mail"] };

/** The last mails that would have left the house, for the demo's capture page. One row a mail, its key the id. */
export const CAPTURED: TableSchema = { name: "captured", families: ["mail"] };

export const EMAIL_TABLES: readonly TableSchema[] = [SPOOL, CAPTURED];

/** Both tables keep a mail's record as JSON in this one column. */
export const RECORD = { family: "mail", qualifier: Buffer.from("record") } as const;
