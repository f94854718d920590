import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endOf, SmscRig, submitOf } from "@/testkit/smsc/rig";
import type { BindKind } from "./link-options";
import { statusOf } from "./status";
import { encodeSubmit } from "./submit";

let rig: SmscRig;
beforeEach(async () => {
  rig = await SmscRig.start();
});
afterEach(() => rig.close());

const heard = () => rig.smsc.heard.map(({ pdu }) => pdu.command);
const ALL_BYTES = Uint8Array.from({ length: 140 }, (_, i) => (i * 7) & 0xff);

describe("the bind", () => {
  it.each(["transceiver", "transmitter", "receiver"] as BindKind[])("as a %s says who we are", async (kind) => {
    await rig.link({ kind, account: rig.account({ systemType: "VMA", addressRange: "^1555" }) }).bound;
    const fields = { system_id: "braid", password: "secret", system_type: "VMA", address_range: "^1555", interface_version: 0x34 };
    expect(rig.smsc.heard.map(({ pdu }) => pdu)).toMatchObject([{ command: `bind_${kind}`, ...fields }]);
  });

  it("with a wrong password, or a wrong name, is one for new settings", async () => {
    expect(await endOf(rig.link({ account: rig.account({ password: "guess" }) }).bound)).toBe("login ESME_RINVPASWD");
    expect(await endOf(rig.link({ account: rig.account({ systemId: "toString" }) }).bound)).toBe("login ESME_RINVSYSID");
    expect(await endOf(rig.link({ account: rig.account({ port: 70_000 }) }).bound)).toBe("login invalid-account");
  });

  it("that is refused for now, or never answered, is to be tried again", async () => {
    rig.smsc.behaviour.bind = () => statusOf("ESME_RALYBND");
    expect(await endOf(rig.link().bound)).toBe("temporary ESME_RALYBND");
    rig.smsc.behaviour.bind = () => "silent";
    const link = rig.link();
    await rig.until(() => heard().length === 2);
    rig.clock.advance(10_000);
    expect(await endOf(link.bound)).toBe("temporary no-bind-answer");
  });

  it("goes over TLS, and only to whom the certificate names", { skip: spawnSync("openssl", ["version"]).error !== undefined }, async () => {
    const tls = selfSigned();
    const secure = await SmscRig.start({}, tls);
    const link = secure.link({ account: secure.account({ tls: { ca: tls.cert } }) });
    await link.bound;
    expect(await link.submit(submitOf("over TLS"))).toHaveProperty("messageId");
    expect(await endOf(secure.link({ account: secure.account({ tls: {} }) }).bound)).toBe("temporary connection-failed");
    await secure.close();
  });
});

describe("a message that goes out", () => {
  it("arrives byte for byte and gets the carrier's id", async () => {
    const link = rig.link();
    await link.bound;
    const udh = Uint8Array.from([5, 0, 3, 7, 2, 1]);
    const { messageId } = await link.submit(submitOf(Buffer.concat([udh, ALL_BYTES]), { dataCoding: 8, esmClass: 0x40, validityPeriod: "000001000000000R" }));
    const fields = { source_addr: "Braid", source_addr_ton: 5, destination_addr: "15551230001", data_coding: 8, esm_class: 0x40 };
    expect(rig.smsc.submitted).toMatchObject([{ messageId, fields: { ...fields, validity_period: "000001000000000R" } }]);
    expect(rig.smsc.submitted[0]!.fields.short_message).toEqual(Buffer.concat([udh, ALL_BYTES]));
  });

  it("goes as a payload, and with its parts announced beside it", async () => {
    const link = rig.link();
    await link.bound;
    const messagePayload = Buffer.alloc(300, 0x1b);
    await link.submit(submitOf("", { messagePayload, sar: { reference: 515, total: 3, part: 2 }, userMessageReference: 9 }));
    const tlvs = { sar_msg_ref_num: 515, sar_total_segments: 3, sar_segment_seqnum: 2, user_message_reference: 9 };
    expect(rig.smsc.submitted[0]!.fields).toMatchObject({ ...tlvs, short_message: Buffer.alloc(0), message_payload: messagePayload });
  });

  it.each([
    ["ESME_RINVDSTADR", "permanent"],
    ["ESME_RSYSERR", "temporary"],
    ["ESME_RTHROTTLED", "throttled"],
    ["ESME_RINVBNDSTS", "temporary"],
  ])("refused with %s is refused as %s", async (code, kind) => {
    rig.smsc.behaviour.submit = () => ({ status: statusOf(code) });
    const link = rig.link();
    await link.bound;
    expect(await endOf(link.submit(submitOf("x")))).toBe(`${kind} ${code}`);
  });

  it("refused with a code of the carrier's own is to be tried again", async () => {
    rig.smsc.behaviour.submit = () => ({ status: 0x405 });
    const link = rig.link();
    await link.bound;
    expect(await endOf(link.submit(submitOf("x")))).toBe("temporary 0x00000405");
  });

  it("waits for its place: beyond the window it is not sent", async () => {
    rig.smsc.behaviour.submit = () => ({ silent: true });
    const link = rig.link({ limits: { window: 3 } });
    await link.bound;
    const ends = [1, 2, 3, 4].map(() => endOf(link.submit(submitOf("x"))));
    expect(await ends[3]).toBe("not-sent no-room");
    await rig.until(() => rig.smsc.submitted.length === 3);
    rig.smsc.kill();
    expect(await Promise.all(ends.slice(0, 3))).toEqual(Array(3).fill("unknown-outcome connection-lost"));
  });

  it("whose answer does not come keeps its place until that comes late", async () => {
    rig.smsc.behaviour.submit = () => ({ afterMs: 40_000 });
    const link = rig.link({ limits: { window: 3, enquireMs: 1e9 } });
    await link.bound;
    const late: string[] = [];
    const end = endOf(link.send(encodeSubmit(submitOf("x")), (id) => late.push(id)));
    await rig.until(() => rig.smsc.submitted.length === 1);
    rig.clock.advance(30_000);
    expect([await end, link.free, late]).toEqual(["unknown-outcome no-answer", 2, []]);
    rig.clock.advance(10_000);
    await rig.until(() => link.free === 3);
    expect(late).toEqual([rig.smsc.taken[0]?.messageId]);
  });
});

describe("answers that come too late", () => {
  const PATIENT = { enquireMs: 1e9 };

  it.each([
    [50, 50],
    [50, 25],
    [2, 1],
    [1, 1],
  ])("with a window of %i are heard, %i of them, and the link stays", async (window, count) => {
    rig.smsc.behaviour.submit = () => ({ afterMs: 31_000 });
    const link = rig.link({ limits: { ...PATIENT, window } });
    await link.bound;
    const late: string[] = [];
    const ends = Array.from({ length: count }, () => endOf(link.send(encodeSubmit(submitOf("x")), (id) => late.push(id))));
    await rig.until(() => rig.smsc.submitted.length === count);
    rig.clock.advance(30_000);
    expect(await Promise.all(ends)).toEqual(Array(count).fill("unknown-outcome no-answer"));
    rig.clock.advance(1_000);
    await rig.until(() => link.free === window);
    rig.clock.advance(60_000);
    expect([late.length, link.phase]).toEqual([count, "bound"]);
  });

  it("make room for what waits, even while half of the window is late", async () => {
    const afterMs = [31_000, 90_000, 0];
    rig.smsc.behaviour.submit = () => ({ afterMs: afterMs.shift() ?? 0 });
    const carrier = rig.carrier({ limits: { ...PATIENT, window: 2 } });
    const [, , third] = ["1", "2", "3"].map((text) => endOf(carrier.submit(submitOf(text), { withinMs: 1e6 })));
    await rig.until(() => rig.smsc.submitted.length === 2);
    rig.clock.advance(30_000);
    rig.clock.advance(1_000);
    expect(await third).toBe("taken");
    expect(rig.smsc.connections).toBe(1);
  });

  it("and say no only make room", async () => {
    rig.smsc.behaviour.submit = () => ({ afterMs: 31_000, status: statusOf("ESME_RINVDSTADR") });
    const link = rig.link({ limits: { ...PATIENT, window: 2 } });
    await link.bound;
    const late: string[] = [];
    const end = endOf(link.send(encodeSubmit(submitOf("x")), (id) => late.push(id)));
    await rig.until(() => rig.smsc.submitted.length === 1);
    rig.clock.advance(30_000);
    await end;
    rig.clock.advance(1_000);
    await rig.until(() => link.free === 2);
    expect(late).toEqual([]);
  });

  it("are waited for as long again, and then half a window without any is the end", async () => {
    rig.smsc.behaviour.submit = () => ({ silent: true });
    const link = rig.link({ limits: { ...PATIENT, window: 4 } });
    await link.bound;
    const ends = [1, 2].map(() => endOf(link.submit(submitOf("x"))));
    await rig.until(() => rig.smsc.submitted.length === 2);
    rig.clock.advance(30_000);
    await Promise.all(ends);
    rig.clock.advance(29_999);
    expect([link.phase, link.free]).toEqual(["bound", 2]);
    rig.clock.advance(1);
    expect(await link.ended).toMatchObject({ kind: "temporary", code: "no-answers" });
  });
});

describe("being there", () => {
  it("is asked for at intervals, and answered when they ask", async () => {
    const link = rig.link();
    await link.bound;
    rig.clock.advance(30_000);
    await rig.until(() => heard().includes("enquire_link"));
    for (const { session } of rig.smsc.clients) session.socket.write(Buffer.from([0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, 99]));
    await rig.until(() => heard().includes("enquire_link_resp"));
    expect(rig.smsc.heard.at(-1)!.pdu.sequence_number).toBe(99);
    expect(link.phase).toBe("bound");
  });

  it("without an answer the link is over", async () => {
    rig.smsc.behaviour.enquire = "silent";
    const link = rig.link();
    await link.bound;
    rig.clock.advance(30_000);
    await rig.until(() => heard().includes("enquire_link"));
    rig.clock.advance(30_000);
    expect(await link.ended).toMatchObject({ kind: "temporary", code: "silent" });
  });
});

describe("the end", () => {
  it("waits for what is under way in both directions, and says goodbye last", async () => {
    rig.smsc.behaviour.submit = () => ({ afterMs: 500 });
    let kept = () => {};
    rig.receive = () => new Promise((resolve) => (kept = resolve));
    const link = rig.link();
    await link.bound;
    const calls = [1, 2, 3].map(() => endOf(link.submit(submitOf("x"))));
    void rig.smsc.phone("braid", { from: "1", to: "2", parts: [ALL_BYTES] });
    await rig.until(() => rig.smsc.submitted.length === 3);
    const closing = link.close();
    expect(await endOf(link.submit(submitOf("late")))).toBe("not-sent no-room");
    rig.clock.advance(500);
    expect(await Promise.all(calls)).toEqual(["taken", "taken", "taken"]);
    expect(heard()).not.toContain("unbind");
    kept();
    await closing;
    expect(heard().slice(-2)).toEqual(["deliver_sm_resp", "unbind"]);
    expect(rig.smsc.acknowledged).toMatchObject([{ status: 0 }]);
    await rig.until(() => rig.smsc.clients.size === 0);
  });

  it("does not wait for ever", async () => {
    rig.smsc.behaviour.submit = () => ({ silent: true });
    const link = rig.link();
    await link.bound;
    const call = endOf(link.submit(submitOf("x")));
    await rig.until(() => rig.smsc.submitted.length === 1);
    const closing = link.close();
    rig.clock.advance(10_000);
    await closing;
    expect(await call).toBe("unknown-outcome closed");
  });

  it("may be theirs", async () => {
    const link = rig.link();
    await link.bound;
    for (const { session } of rig.smsc.clients) session.socket.write(Buffer.from([0, 0, 0, 16, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 5]));
    expect(await link.ended).toMatchObject({ code: "unbound" });
    await rig.until(() => heard().includes("unbind_resp"));
  });
});

function selfSigned(): { key: string; cert: string } {
  const dir = mkdtempSync(join(tmpdir(), "smpp-tls-"));
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=smsc"];
  execFileSync("openssl", [...request, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const read = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  rmSync(dir, { recursive: true });
  return read;
}
