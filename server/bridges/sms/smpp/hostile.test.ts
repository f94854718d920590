import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endOf, SmscRig, submitOf } from "@/testkit/smsc/rig";
import type { SmppLink } from "./link";
import { commandId, headerOf, RESPONSE } from "./pdu";
import { statusOf } from "./status";

/** What a peer says, in bytes of its own making. Vitest fails on any error or rejection that nobody handles. */
let rig: SmscRig;
let server: Server;
let peer: Socket | undefined;
let said: Buffer;
beforeEach(async () => {
  rig = await SmscRig.start();
  [peer, said] = [undefined, Buffer.alloc(0)];
  server = createServer((socket) => {
    peer = socket.on("error", () => {});
    socket.on("data", (chunk) => {
      if (socket === peer) said = Buffer.concat([said, chunk]);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  peer?.destroy();
  await rig.close();
  server.close();
});

const pduOf = (id: number, sequence: number, body: Uint8Array = Buffer.alloc(0), status = 0) => {
  const head = Buffer.alloc(16);
  [16 + body.length, id, status, sequence].forEach((value, i) => {
    head.writeUInt32BE(value >>> 0, i * 4);
  });
  return Buffer.concat([head, body]);
};
const BOUND = pduOf(commandId("bind_transceiver_resp"), 1, Buffer.from("smsc\0"));
const DELIVER = commandId("deliver_sm");
const MESSAGE = Buffer.from("\0\x01\x0115551230001\0\x01\x0132665\0\0\0\0\0\0\0\0\0\0\x02hi", "latin1");

async function talk(limits = {}): Promise<SmppLink> {
  [peer, said] = [undefined, Buffer.alloc(0)];
  const link = rig.link({ account: rig.account({ port: (server.address() as AddressInfo).port }), limits });
  await rig.until(() => said.length > 16);
  said = Buffer.alloc(0);
  return link;
}
async function bound(limits = {}): Promise<SmppLink> {
  const link = await talk(limits);
  peer!.write(BOUND);
  await link.bound;
  return link;
}
/** What we were answered: status by sequence number. */
const answers = () => {
  const found = new Map<number, number>();
  for (let at = 0; at + 16 <= said.length; at += said.readUInt32BE(at)) {
    const { sequence, status, id } = headerOf(said.subarray(at));
    if (id >= RESPONSE) found.set(sequence, status);
  }
  return found;
};

describe("a peer that does not speak SMPP", () => {
  it.each([
    ["another protocol", Buffer.from("220 mail.example.com ESMTP ready\r\n")],
    ["a length of nothing", Buffer.alloc(64)],
    ["a length below that of a header", Buffer.from([0, 0, 0, 15])],
    ["a length of 4 GB", Buffer.alloc(64, 0xff)],
    ["a length just above the bound", Buffer.from([0, 0, 0x40, 1])],
  ])("but says %s: the end, before and after the bind", async (_, bytes) => {
    for (const open of [talk, bound]) {
      const link = await open();
      peer!.write(bytes);
      expect(await link.ended).toMatchObject({ kind: "temporary", code: "not-smpp" });
    }
  });

  it("and says nothing at all: the end when the time for the bind is over", async () => {
    const link = await talk();
    rig.clock.advance(10_000);
    expect(await link.ended).toMatchObject({ code: "no-bind-answer" });
  });

  it("anything at all: no error is left unhandled, nothing is kept but a message", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, isFramed) => {
        const link = await bound();
        const call = endOf(link.submit(submitOf("x")));
        const id = bytes.length > 4 ? Buffer.from(bytes).readUInt32BE() & 0x8000001f : 5;
        peer!.end(isFramed ? pduOf(id, (bytes[4] ?? 0) % 5, bytes.subarray(5)) : bytes);
        await link.ended;
        expect(await call).toMatch(/^(unknown-outcome|taken)/);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a peer that half speaks it", () => {
  it("sends the first message in one piece with the answer to the bind: it is kept", async () => {
    const link = await talk();
    peer!.write(Buffer.concat([BOUND, pduOf(DELIVER, 1, MESSAGE)]));
    await link.bound;
    await rig.until(() => answers().get(1) === 0);
    expect(rig.received[0]!.message.toString()).toBe("hi");
  });

  it("sends PDUs byte by byte: they are read as one", async () => {
    await bound();
    for (const byte of pduOf(DELIVER, 1, MESSAGE)) {
      peer!.write(Buffer.from([byte]));
      await rig.until(() => true);
    }
    await rig.until(() => answers().get(1) === 0);
    expect(rig.received).toHaveLength(1);
  });

  it("sends a message before it let us in: it is told to keep it", async () => {
    await talk();
    peer!.write(pduOf(DELIVER, 7, MESSAGE));
    await rig.until(() => answers().get(7) === statusOf("ESME_RX_T_APPN"));
    expect(rig.received).toEqual([]);
  });

  it.each([
    ["cut short", MESSAGE.subarray(0, 20)],
    ["whose text is shorter than it says", MESSAGE.subarray(0, -1)],
    ["without a body", Buffer.alloc(0)],
    ["whose payload is shorter than it says", Buffer.concat([MESSAGE, Buffer.from([4, 0x24, 0, 9, 1])])],
  ])("sends a message %s: refused for good, and the link lives on", async (_, body) => {
    const link = await bound();
    peer!.write(Buffer.concat([pduOf(DELIVER, 1, body), pduOf(DELIVER, 2, MESSAGE)]));
    await rig.until(() => answers().size === 2);
    expect([...answers()]).toEqual([
      [1, statusOf("ESME_RX_P_APPN")],
      [2, 0],
    ]);
    expect([link.phase, rig.received.length]).toEqual(["bound", 1]);
  });

  it("leaves the zero out after a receipt's message id: the id ends at its length", async () => {
    await bound();
    const tlvs = Buffer.from([0, 0x1e, 0, 3, 0x61, 0x62, 0x63, 4, 0x27, 0, 1, 2]);
    peer!.write(pduOf(DELIVER, 1, Buffer.concat([MESSAGE, tlvs])));
    await rig.until(() => rig.received.length === 1);
    expect(rig.received[0]).toMatchObject({ receiptedMessageId: "abc", messageState: 2 });
  });

  it("asks what we do not know: it is told so; what needs no answer gets none", async () => {
    await bound();
    peer!.write(Buffer.concat([pduOf(commandId("alert_notification"), 1), pduOf(4, 2), pduOf(0x10200, 3)]));
    await rig.until(() => answers().size === 2);
    expect([...answers()]).toEqual([2, 3].map((sequence) => [sequence, statusOf("ESME_RINVCMDID")]));
  });

  it("answers with the wrong command, or what nobody asked: it is no answer", async () => {
    const link = await bound();
    const call = endOf(link.submit(submitOf("x")));
    peer!.write(Buffer.concat([pduOf(commandId("enquire_link_resp"), 2), pduOf(commandId("submit_sm_resp"), 99)]));
    peer!.write(pduOf(commandId("submit_sm_resp"), 2, Buffer.alloc(0)));
    expect(await call).toBe("taken");
    const nacked = endOf(link.submit(submitOf("x")));
    peer!.write(pduOf(RESPONSE, 3, Buffer.alloc(0), statusOf("ESME_RINVCMDLEN")));
    expect(await nacked).toBe("permanent ESME_RINVCMDLEN");
  });
});

describe("a peer that floods", () => {
  it("with questions, and does not read the answers: the end", async () => {
    const link = await bound();
    peer!.pause();
    const many = Buffer.concat(Array.from({ length: 4000 }, (_, i) => pduOf(commandId("enquire_link"), i + 1)));
    const timer = setInterval(() => peer!.destroyed || peer!.write(many), 1);
    expect(await link.ended).toMatchObject({ code: "does-not-read" });
    clearInterval(timer);
  });

  it("with messages: so many are handled, so many wait, the others are refused", async () => {
    let running = 0;
    rig.receive = async () => {
      running++;
      await new Promise(() => {});
    };
    await bound({ incoming: 3, incomingWaiting: 5 });
    peer!.write(Buffer.concat(Array.from({ length: 1000 }, (_, i) => pduOf(DELIVER, i + 1, MESSAGE))));
    await rig.until(() => answers().size === 992);
    expect([running, new Set(answers().values())]).toEqual([3, new Set([statusOf("ESME_RX_T_APPN")])]);
    rig.clock.advance(1);
  });
});
