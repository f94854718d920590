import { readFileSync } from "node:fs";

/** The last lines of a log, shortened, to show with a complaint. */
export function tailOf(path: string, lines = 12): string {
  try {
    const all = readFileSync(path, "utf8").trimEnd().split("\n");
    return all
      .slice(-lines)
      .map((line) => line.slice(0, 300))
      .join("\n");
  } catch {
    return "";
  }
}
