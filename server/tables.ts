import { EMAIL_TABLES } from "./bridges/email/tables";
import { SMS_TABLES } from "./bridges/sms/tables";
import { MAILBOX_TABLES } from "./mailbox/schema";

/** Every table of the wide-column store. */
export const TABLES = [...MAILBOX_TABLES, ...EMAIL_TABLES, ...SMS_TABLES];
