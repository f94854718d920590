import { type DestinationStream, pino } from "pino";
import { readable } from "./log-lines";
import { redact, redactUrls } from "./redact";

/** Fields first, then words that do not vary. An error goes under `err`. */
interface LogLine {
  (fields: object, words: string): void;
  (words: string): void;
}

export interface Log {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
  readonly fatal: LogLine;
}

export interface LogOptions {
  readonly level: string;
  /** Lines for a person at a terminal instead of JSON for programs. */
  readonly readable?: boolean;
  /** Where lines go; standard output when left out. */
  readonly to?: { write(line: string): unknown };
}

/** The log. What people wrote and what opens doors never gets into it, whatever a caller passes. */
export function createLog({ level, readable: forPeople = false, to = process.stdout }: LogOptions): Log {
  const destination: DestinationStream = { write: (line) => void to.write(forPeople ? readable(line) : line) };
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }), log: redact },
      serializers: { err: (plain) => plain }, // `redact` has spelt it out
      hooks: { streamWrite: redactUrls },
    },
    destination,
  );
}
