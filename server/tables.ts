import { EMAIL_TABLES } from "./bridges/email/tables";
import { MAILBOX_TABLES } from "./mailbox/schema";

/** Every table of the wide-column store. */
export const TABLES = [...MAILBOX_TABLES, ...EMAIL_TABLES];
