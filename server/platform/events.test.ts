import { beforeEach, describe, expect, test } from "vitest";
import { Events } from "./events";
import { createLog } from "./log";
import { Metrics } from "./metrics";

let lines: Record<string, unknown>[];
let metrics: Metrics;
let events: Events;

beforeEach(() => {
  lines = [];
  metrics = new Metrics();
  events = new Events({ log: createLog({ level: "debug", to: { write: (line) => lines.push(JSON.parse(line)) } }), metrics });
});

const figure = async (name: string): Promise<string | undefined> => (await metrics.text()).split("\n").find((line) => line.startsWith(name));

describe("each event is counted and logged", () => {
  test("messages", async () => {
    events.messageSent({ user: "u", messageId: "m", threadId: "t", channel: "chat", recipients: 2 });
    events.messageDelivered({ messageId: "m", to: "v", channel: "chat", afterMs: 20 });
    events.messageRelayed({ messageId: "m", to: "mailto:a@b.c", channel: "email", detail: "250 ok" });
    expect(await figure('braid_messages_sent_total{channel="chat"}')).toMatch(/ 1$/);
    expect(await figure('braid_messages_delivered_total{channel="chat"}')).toMatch(/ 1$/);
    expect(await figure('braid_messages_relayed_total{channel="email"}')).toMatch(/ 1$/);
    expect(await figure('braid_delivery_seconds_bucket{le="0.01",channel="chat"}')).toMatch(/ 0$/);
    expect(await figure('braid_delivery_seconds_bucket{le="0.025",channel="chat"}')).toMatch(/ 1$/);
    expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual(["debug message sent", "debug message delivered", "debug message relayed"]);
  });

  test("failed deliveries, for now or for good", async () => {
    const event = { messageId: "m", to: "mailto:a@b.c", channel: "email", reason: "refused" } as const;
    events.deliveryFailed({ ...event, final: false, retryAt: 5 });
    events.deliveryFailed({ ...event, final: true });
    expect(await figure('braid_deliveries_failed_total{channel="email",final="true"}')).toMatch(/ 1$/);
    expect(lines.map(({ msg }) => msg)).toEqual(["message could not be delivered yet", "message could not be delivered"]);
  });

  test("mail", async () => {
    events.mailReceived({ id: "i", recipients: 1, bytes: 9 });
    events.mailRefused({ code: "5.1.1", reason: "unknown", to: "x@braid.localhost" });
    events.mailQuarantined({ id: "i", reason: "too-many-parts", bytes: 9 });
    expect(await figure("braid_mails_received_total")).toMatch(/ 1$/);
    expect(await figure('braid_mails_refused_total{code="5.1.1"}')).toMatch(/ 1$/);
    expect(await figure('braid_mails_quarantined_total{reason="too-many-parts"}')).toMatch(/ 1$/);
    expect(lines.map(({ level }) => level)).toEqual(["info", "info", "warn"]);
  });

  test("accounts", async () => {
    events.accountOpened({ user: "u", role: "admin" });
    events.signedIn({ user: "u", method: "password" });
    events.signInFailed({ method: "password", reason: "wrong" });
    expect(await figure("braid_accounts_opened_total")).toMatch(/ 1$/);
    expect(await figure('braid_sign_ins_total{method="password",result="ok"}')).toMatch(/ 1$/);
    expect(await figure('braid_sign_ins_total{method="password",result="failed"}')).toMatch(/ 1$/);
    expect(lines).toHaveLength(3);
  });

  test("the server itself", async () => {
    events.serverStarted({ url: "http://localhost:1", smtpPort: 2, afterMs: 3 });
    events.serverStopped({ reason: "SIGTERM" });
    events.workStumbled({ work: "delivery", error: new Error("no"), on: "m:1" });
    expect(await figure('braid_work_stumbled_total{work="delivery"}')).toMatch(/ 1$/);
    expect(lines[2]).toMatchObject({ level: "error", on: "m:1", err: { message: "no" } });
  });
});

test("a caller's mistake is a whisper, our own comes with its error", async () => {
  events.requestFailed({ door: "api", path: "thread.open", code: "thread/unknown", error: new Error("a") });
  events.requestFailed({ door: "api", path: "thread.open", code: "server/internal", error: new Error("b") });
  expect(lines[0]).toMatchObject({ level: "debug", code: "thread/unknown" });
  expect(lines[0]).not.toHaveProperty("err");
  expect(lines[1]).toMatchObject({ level: "error", err: { message: "b" } });
  expect(await figure('braid_requests_failed_total{door="api",code="thread/unknown"}')).toMatch(/ 1$/);
});
