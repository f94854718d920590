import { safeHtml } from "@/server/content/sanitise";
import { serve } from "@/server/content/worker-serve";
import type { MailTasks } from "./mail-tasks";
import { readOriginal } from "./parse/original";
import { attachmentAt, parseHead, parseMail } from "./parse/parse-mail";

// Entry of the worker threads (WorkerPool). It is bundled into one file of its own: a thread cannot load TypeScript.

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

serve<MailTasks>({
  mail: ({ raw }) => parseMail(buffer(raw)),
  head: ({ raw }) => parseHead(buffer(raw)),
  original: ({ raw, images, plain }) => readOriginal(buffer(raw), { images, plain }),
  attachment: ({ raw, place }) => attachmentAt(buffer(raw), place),
  sanitise: ({ html, images }) => safeHtml(html, { images }),
});
