import { expect, test } from "vitest";
import { Refused } from "@/server/delivery/outside-step";
import type { Carrier, Handed, Sms } from "./carrier";
import { sendCode } from "./code";

const SMS = { to: "+12025550143", code: "123456" };

/** A carrier of two numbers for all phones, and what it was given. */
function carrierThat(...failures: unknown[]): Carrier & { readonly given: Sms[] } {
  const given: Sms[] = [];
  const submit = async (sms: Sms): Promise<Handed> => {
    given.push(sms);
    return { failures };
  };
  const cut = () => ({ segments: 1, encoding: "gsm7", pieces: 1 }) as const;
  const prices = new Map([["+1", { micros: 1, currency: "USD" }]]);
  return { name: "one", numbers: ["+12025550101", "+12025550102"], prices, isUp: true, header: 7, cut, submit, given };
}
const send = (carriers: Carrier[], allowed = true) => sendCode({ carriers, consent: { allows: async () => allowed }, reference: () => 7 }, SMS);

test("goes in one segment from what is not to be answered", async () => {
  const carrier = carrierThat();
  await send([carrier]);
  expect(carrier.given).toMatchObject([{ from: "+12025550101", to: SMS.to, text: expect.stringMatching(/^123456 is your Braid code/) }]);
  expect(carrier.given[0]?.text.length).toBeLessThanOrEqual(160);
});

test("is refused in words where no carrier reaches, and where the phone said STOP; then nothing is handed over", async () => {
  const carrier = carrierThat();
  await expect(send([])).rejects.toMatchObject({ code: "phone/unreachable" });
  await expect(send([carrier], false)).rejects.toMatchObject({ code: "phone/stopped", message: expect.stringMatching(/START from it to \+1 202 555 0102/) });
  expect(carrier.given).toEqual([]);
});

test.each([
  ["refused", "phone/not-sent"],
  ["asked-to-stop", "phone/stopped"],
])("what the carrier calls %s is %s", (said, code) => expect(send([carrierThat(new Refused(true, said, "no"))])).rejects.toMatchObject({ code }));

test("a fault of ours stays one", () => expect(send([carrierThat(new Error("ours"))])).rejects.toThrow("ours"));
