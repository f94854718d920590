import type { ContentTasks } from "@/server/content/original";
import type { ParsedMail } from "./parse/parse-mail";

/** What the worker file of the mail door serves: reading mails, and showing them. */
export type MailTasks = ContentTasks & {
  /** The whole mail. */
  readonly mail: { readonly input: { readonly raw: Uint8Array }; readonly output: ParsedMail };
  /** Its header block only. */
  readonly head: { readonly input: { readonly raw: Uint8Array }; readonly output: ParsedMail };
};
