import { readFileSync } from "node:fs";
import { ClusterError } from "./error";

/** Turns the text of an environment variable into its value, or throws a sentence that names the variable. */
export type Reader<T> = (name: string, text: string) => NonNullable<T>;

const wrong = (name: string, rule: string, text: string) => new ClusterError("usage", `${name} must be ${rule}, not "${text}".`);

function oneOf<const T extends string | number>(...values: T[]): (name: string, text: string) => T {
  return (name, text) => {
    const value = values.find((known) => String(known) === text);
    if (value === undefined) throw wrong(name, values.join(" or "), text);
    return value;
  };
}

const whole = (low: number, high: number) => (name: string, text: string) => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw wrong(name, `a whole number from ${low} to ${high}`, text);
  return value;
};

const flag = (name: string, text: string): boolean => oneOf("true", "false")(name, text) === "true";

function heap(name: string, text: string): string {
  if (!/^\d{1,6}[mg]$/.test(text)) throw wrong(name, "a size as Java writes it, as in 512m or 2g", text);
  return text;
}

/** A file of `key value` lines; # begins a comment. */
function site(name: string, path: string): Record<string, string> {
  const lines = textOf(name, path).split("\n");
  const pairs = lines.map((line) => /^\s*([^#\s]\S*)\s+(.*\S)\s*$/.exec(line));
  const broken = lines.find((line, i) => pairs[i] === null && !/^\s*(#|$)/.test(line));
  if (broken !== undefined) throw new ClusterError("usage", `${name}: every line of ${path} has a key and a value, and this has not: ${broken.trim()}`);
  return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1], pair[2]]])));
}

function textOf(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new ClusterError("usage", `${name} names the file ${path}, which cannot be read.`);
  }
}

export const readers = { oneOf, whole, flag, heap, site };
