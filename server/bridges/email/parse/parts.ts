import { TaskFailure } from "@/server/content/worker-task";

const MAX_PARTS = 1_000;
const LF = 0x0a;
const CR = 0x0d;
const DASHES = Buffer.from("\n--");
const BOUNDARY = /boundary\s{0,10}=\s{0,10}(?:"([^"\r\n]{1,250})"|([^\s;"]{1,250}))/gi;

/**
 * Refuses a mail with too many MIME parts before any are made (RFC 2046 5.1.1): counts the lines that are delimiters of a declared
 * boundary. What this does not see, such as boundaries split by RFC 2231, the worker's time limit ends.
 */
export function checkParts(raw: Buffer): void {
  const lines = delimiterLike(raw);
  if (lines.length <= MAX_PARTS) return;
  const boundaries = new Set<string>();
  for (const [, quoted, token] of raw.toString("latin1").matchAll(BOUNDARY)) boundaries.add(quoted ?? token ?? "");
  const parts = lines.filter((line) => boundaries.has(line)).length;
  if (parts > MAX_PARTS || boundaries.size > MAX_PARTS) throw new TaskFailure("too-many-parts");
}

/** What follows `--` on each line that begins so. */
function delimiterLike(raw: Buffer): string[] {
  const lines: string[] = [];
  for (let at = raw.indexOf(DASHES); at !== -1; at = raw.indexOf(DASHES, at + 1)) {
    const start = at + DASHES.length;
    const feed = raw.indexOf(LF, start);
    const end = feed === -1 ? raw.length : feed;
    if (end - start <= 260) lines.push(raw.toString("latin1", start, raw[end - 1] === CR ? end - 1 : end).trimEnd());
  }
  return lines;
}

/** Bytes of the header block: up to and with the first empty line, or all there is. */
export function headerEnd(raw: Buffer): number {
  let lineStart = 0;
  for (let feed = raw.indexOf(LF); feed !== -1; feed = raw.indexOf(LF, lineStart)) {
    const length = feed - lineStart;
    lineStart = feed + 1;
    if (length === 0 || (length === 1 && raw[feed - 1] === CR)) return lineStart;
  }
  return raw.length;
}
