import { describe, expect, it } from "vitest";
import { submitOf } from "@/testkit/smsc/rig";
import { decodePdu } from "./pdu";
import { encodeSubmit, type SubmitSm } from "./submit";

const to = (address: string) => ({ destination: { ton: 1, npi: 1, address } });

describe("what no carrier could take is refused here, as a carrier would", () => {
  it.each([
    ["no recipient", to(""), "ESME_RINVDSTADR"],
    ["a zero in a number", to("1555\x001"), "ESME_RINVDSTADR"],
    ["a long number", to("1".repeat(21)), "ESME_RINVDSTADR"],
    ["a sender in letters beyond ASCII", { source: { ton: 5, npi: 0, address: "Bräid" } }, "ESME_RINVSRCADR"],
    ["a long text", { shortMessage: Buffer.alloc(255) }, "ESME_RINVMSGLEN"],
    ["a long payload", { messagePayload: Buffer.alloc(8193) }, "ESME_RINVMSGLEN"],
    ["a time that is none", { validityPeriod: "tomorrow" }, "ESME_RINVEXPIRY"],
    ["a type of number of 300", { source: { ton: 300, npi: 0, address: "1" } }, "invalid-pdu"],
  ] as [string, Partial<SubmitSm>, string][])("%s", (_, more, code) => {
    expect(() => encodeSubmit(submitOf("x", more))).toThrowError(expect.objectContaining({ kind: "permanent", code }));
  });
});

it("what can be taken reads the same again", () => {
  const shortMessage = Buffer.from(Array.from({ length: 254 }, (_, i) => 255 - i));
  const read = decodePdu(encodeSubmit(submitOf(shortMessage, { ...to("1".repeat(20)), validityPeriod: "261125190000000+", registeredDelivery: 1 })));
  expect(read).toMatchObject({ short_message: shortMessage, destination_addr: "1".repeat(20), validity_period: "261125190000000+", registered_delivery: 1 });
});
