import { afterEach, beforeEach, expect, it } from "vitest";
import { SmscRig } from "@/testkit/smsc/rig";
import type { IncomingSm } from "./incoming";
import { statusOf } from "./status";

let rig: SmscRig;
beforeEach(async () => {
  rig = await SmscRig.start();
});
afterEach(() => rig.close());

const ALL_BYTES = Uint8Array.from({ length: 140 }, (_, i) => (i * 7) & 0xff);
const text = (bytes: Uint8Array | string) => rig.smsc.phone("braid", { from: "15551230001", to: "32665", parts: [Buffer.from(bytes)] });

/** Handlers that end when the test says so. */
class Held {
  readonly started: { sms: IncomingSm; keep: () => void; fail: () => void }[] = [];
  readonly receive = (sms: IncomingSm): Promise<void> =>
    new Promise((keep, reject) => this.started.push({ sms, keep, fail: () => reject(new Error("the disk is full")) }));
}

it("a message is handed on byte for byte, as one that is ours to keep", async () => {
  await rig.link().bound;
  await rig.smsc.phone("braid", { from: "15551230001", to: "32665", parts: [ALL_BYTES], dataCoding: 4 });
  expect(rig.received).toEqual([
    {
      command: "deliver_sm",
      source: { ton: 1, npi: 1, address: "15551230001" },
      destination: { ton: 1, npi: 1, address: "32665" },
      esmClass: 0,
      protocolId: 0,
      dataCoding: 4,
      message: Buffer.from(ALL_BYTES),
    },
  ]);
});

it("parts come with their headers, a payload as the message", async () => {
  await rig.link().bound;
  await rig.smsc.phone("braid", { from: "1", to: "2", parts: [Buffer.from("one "), Buffer.from("two")], reference: 77 });
  await rig.smsc.deliver("braid", { message_payload: Buffer.alloc(400, 0x40), data_coding: 0, esm_class: 0 });
  const messages = rig.received.map(({ message }) => message);
  expect(messages).toEqual([Buffer.from("\x05\0\x03\x4d\x02\x01one "), Buffer.from("\x05\0\x03\x4d\x02\x02two"), Buffer.alloc(400, 0x40)]);
  expect(rig.received.map(({ esmClass }) => esmClass)).toEqual([0x40, 0x40, 0]);
});

it("a receipt comes after a message that asked for one", async () => {
  rig.smsc.behaviour.receipt = () => ({ afterMs: 700, outcome: "UNDELIV" });
  const carrier = rig.carrier();
  const { messageId } = await carrier.submit({ ...SMS, registeredDelivery: 1 });
  await carrier.submit(SMS);
  await rig.until(() => rig.received.length > 0, 10);
  expect(rig.received).toMatchObject([{ esmClass: 4, receiptedMessageId: messageId, messageState: 5, source: SMS.destination, destination: SMS.source }]);
  expect(rig.received[0]!.message.toString()).toMatch(
    new RegExp(`^id:${messageId} sub:001 dlvrd:000 submit date:\\d{10} done date:\\d{10} stat:UNDELIV err:001 text:$`),
  );
});
const SMS = {
  source: { ton: 0, npi: 0, address: "32665" },
  destination: { ton: 1, npi: 1, address: "15551230001" },
  dataCoding: 0,
  shortMessage: Buffer.from("x"),
};

it("it is acknowledged only when it is kept", async () => {
  const held = new Held();
  rig.receive = held.receive;
  await rig.link().bound;
  const delivered = text("keep me");
  await rig.until(() => held.started.length === 1);
  for (let i = 0; i < 20; i++) await rig.until(() => true, 1000);
  expect(rig.smsc.heard.map(({ pdu }) => pdu.command)).not.toContain("deliver_sm_resp");
  held.started[0]!.keep();
  await delivered;
  expect(rig.smsc.acknowledged).toMatchObject([{ status: 0 }]);
});

it("one that is not kept is given back, and comes again", async () => {
  let failures = 2;
  rig.receive = async (sms) => {
    if (failures-- > 0) throw new Error("the disk is full");
    rig.received.push(sms);
  };
  await rig.link().bound;
  let isDelivered = false;
  void text("again").then(() => (isDelivered = true));
  await rig.until(() => isDelivered, 100);
  expect(rig.smsc.acknowledged.map(({ status }) => status)).toEqual([statusOf("ESME_RX_T_APPN"), statusOf("ESME_RX_T_APPN"), 0]);
  expect(rig.received).toHaveLength(1);
});

it("one whose link broke before it was kept comes again on the next", async () => {
  const held = new Held();
  rig.receive = held.receive;
  const carrier = rig.carrier();
  await rig.until(() => carrier.state().links[0]!.phase === "bound");
  const delivered = text("again");
  await rig.until(() => held.started.length === 1);
  rig.smsc.kill();
  await rig.until(() => held.started.length === 2, 50);
  for (const { keep } of held.started) keep();
  await delivered;
  expect(rig.smsc.acknowledged).toHaveLength(1);
});

it("so many at once are handled, so many wait, and the carrier keeps the others", async () => {
  const held = new Held();
  rig.receive = held.receive;
  await rig.link({ limits: { incoming: 2, incomingWaiting: 3 } }).bound;
  for (let i = 0; i < 8; i++) void text(`message ${i}`);
  await rig.until(() => rig.smsc.acknowledged.length === 3);
  expect([held.started.length, ...rig.smsc.acknowledged.map(({ status }) => status)]).toEqual([2, ...Array(3).fill(statusOf("ESME_RX_T_APPN"))]);
  for (let i = 0; i < 5; i++) {
    await rig.until(() => held.started.length > i);
    expect(held.started.length).toBeLessThanOrEqual(i + 2);
    held.started[i]!.keep();
  }
  await rig.until(() => rig.smsc.acknowledged.length === 8);
  expect(held.started.map(({ sms }) => sms.message.toString())).toEqual([0, 1, 2, 3, 4].map((i) => `message ${i}`));
});
