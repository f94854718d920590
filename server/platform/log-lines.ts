const COLOURS: Readonly<Record<string, number>> = { fatal: 31, error: 31, warn: 33, info: 32, debug: 36, trace: 90 };
const paint = (text: string, colour: number): string => `\u001b[${colour}m${text}\u001b[0m`;

/** What could paint the terminal: all control characters but the end of a line. */
const CONTROL = /[^\P{Cc}\n]/gu;

/** One JSON line of the log as a person reads it: time, level, words, fields; the stack of an error below. */
export function readable(line: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toISOString().slice(11, 23);
  const rest = Object.entries(fields).map(([name, value]) => paint(`${name}=`, 90) + shown(value));
  const words = [paint(clock, 90), paint(String(level).padEnd(5), COLOURS[String(level)] ?? 0), msg, ...rest].filter(
    (word) => word !== undefined && word !== "",
  );
  return `${words.join(" ")}${stackOf(err)}\n`;
}

const shown = (value: unknown): string => (typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value));

function stackOf(err: unknown): string {
  if (typeof err !== "object" || err === null) return "";
  const { stack, message, cause } = err as { stack?: unknown; message?: unknown; cause?: unknown };
  const lines = String(stack ?? message)
    .replace(CONTROL, "")
    .split("\n");
  return `\n    ${lines.join("\n    ")}${stackOf(cause).replace("\n    ", "\n    caused by: ")}`;
}
