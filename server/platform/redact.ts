const GONE = "[redacted]";
/** Deeper than this nothing is logged: what is worth a log line is flat. */
const DEPTH = 5;
/** Entries of one list or object that are logged. */
const MOST = 50;

/** Names, whatever their case, whose values open doors or are what people wrote to each other. */
const SECRET = /password|passphrase|secret|cookie|authorization|api-?key|private-?key|^([a-z_-]*[a-z_-])?token$|^t?otp$/i;
const PRIVATE = /^(text|html|body|raw|subject|snippet|draft|quote|content)$/i;

/** A copy fit for the log: secrets and messages replaced, errors spelt out, bounded in depth and breadth. */
export const redact = (fields: Record<string, unknown>): Record<string, unknown> => entriesOf(fields, DEPTH);

function entriesOf(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, MOST);
  return Object.fromEntries(entries.map(([name, value]) => [name, isHidden(name, value) ? GONE : plain(value, depth - 1)]));
}

const isHidden = (name: string, value: unknown): boolean => value !== undefined && (SECRET.test(name) || PRIVATE.test(name));

function plain(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth <= 0) return "[...]";
  if (value instanceof Error) return errorFields(value, depth);
  if (Array.isArray(value)) return value.slice(0, MOST).map((item) => plain(item, depth - 1));
  return entriesOf(value instanceof Map ? Object.fromEntries(value) : value, depth);
}

/** Own properties of errors (`code`, `kind`, `cause`) are what tells one failure from another. */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return { type: name, message, ...entriesOf(error, depth), stack, ...(cause !== undefined && { cause: plain(cause, depth - 1) }) };
}

/** Hides the password in every URL of a finished line. */
export const redactUrls = (line: string): string => line.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/:@"\\]*):[^\s/@"\\]+@/gi, `$1:${GONE}@`);
