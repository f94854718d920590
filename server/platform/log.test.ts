import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { createLog, type Log } from "./log";

function logged(write: (log: Log) => void, options: { readable?: boolean; level?: string } = {}): string {
  let lines = "";
  write(createLog({ level: "debug", ...options, to: { write: (line) => (lines += line) } }));
  return lines;
}

const fieldsOf = (line: string): Record<string, unknown> => JSON.parse(line);

test("a line is one JSON object with level, time and words", () => {
  const line = logged((log) => log.info({ user: "ann", count: 3 }, "signed in"));
  expect(line.endsWith("}\n")).toBe(true);
  expect(fieldsOf(line)).toEqual({ level: "info", time: expect.any(Number), user: "ann", count: 3, msg: "signed in" });
});

test("levels below the set one say nothing", () => {
  expect(logged((log) => log.info("x"), { level: "warn" })).toBe("");
});

describe("secrets and messages never get out", () => {
  const secrets = {
    password: "hunter2",
    newPassword: "hunter2",
    token: "hunter2",
    sessionToken: "hunter2",
    session_token: "hunter2",
    apiKey: "hunter2",
    clientSecretKey: "hunter2",
    text: "hunter2",
    subject: "hunter2",
    headers: { Cookie: "hunter2", "set-cookie": ["hunter2"], authorization: "Bearer hunter2" },
    list: [{ deep: { html: "<b>hunter2</b>" } }],
    relay: "smtp://user:hunter2@relay:587",
    raw: Buffer.from("hunter2"),
  };
  test.each([
    ["fields", (log: Log) => log.info(secrets, "x")],
    ["errors", (log: Log) => log.error({ err: Object.assign(new Error("no"), secrets) }, "x")],
    ["causes of errors", (log: Log) => log.error({ err: new Error("no", { cause: Object.assign(new Error("why"), secrets) }) }, "x")],
    ["words", (log: Log) => log.info("to smtp://user:hunter2@relay:587")],
  ])("in %s", (_, write) => {
    const line = logged(write);
    expect(line).not.toContain("hunter2");
    expect(line).toContain("[redacted]");
  });

  test("what only sounds alike stays", () => {
    const fields = { tokens: 3, context: "a", bytes: 9, code: "store/full", url: "http://localhost:3000/@ann" };
    expect(fieldsOf(logged((log) => log.info(fields, "x")))).toMatchObject(fields);
  });
});

test("an error tells its kind, its stack and its cause", () => {
  const error = Object.assign(new Error("disk", { cause: new Error("EIO") }), { kind: "unavailable" });
  const { err } = fieldsOf(logged((log) => log.error({ err: error }, "failed")));
  expect(err).toMatchObject({ type: "Error", message: "disk", kind: "unavailable", stack: expect.stringContaining("log.test"), cause: { message: "EIO" } });
});

test("what is endless is cut", () => {
  const endless: Record<string, unknown> = { list: Array.from({ length: 1000 }, (_, i) => i), big: 2n ** 70n };
  endless.self = endless;
  const line = logged((log) => log.info(endless, "x"));
  expect(line.length).toBeLessThan(3000);
});

test("a person at a terminal reads one line, with the stack below", () => {
  const line = stripVTControlCharacters(logged((log) => log.warn({ to: "ann", reason: "not there" }, "late"), { readable: true }));
  expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} warn {2}late to=ann reason="not there"\n$/);
  const failed = stripVTControlCharacters(logged((log) => log.error({ err: new Error("disk", { cause: new Error("EIO") }) }, "failed"), { readable: true }));
  expect(failed).toMatch(/error failed\n {4}Error: disk\n {8}at .*\n {4}caused by: Error: EIO/s);
});

test("nobody outside can paint the terminal or fake a line", () => {
  const line = logged((log) => log.warn({ from: "\u001b[2J\nx", err: new Error("\u001b[31mred\rfake") }, "late"), { readable: true });
  expect(line.split("\n")[0]).toContain('"\\u001b[2J\\nx"');
  expect(line).not.toContain("\u001b[31mred");
  expect(line).not.toContain("\r");
});
