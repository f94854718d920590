import { afterEach, beforeEach, expect, test } from "vitest";
import { Refused } from "@/server/delivery/outside-step";
import { realTimers } from "@/server/platform/timers";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import { type TwilioAccount, TwilioApi } from "./api";

const TO = "+12025550143";
const MESSAGE = { To: TO, From: "+12025550101", Body: "Hello", StatusCallback: "http://127.0.0.1:1/api/sms/fake/status" };
let twilio: FakeTwilio;
beforeEach(async () => {
  twilio = await FakeTwilio.start();
});
afterEach(() => twilio.close());

/** An account at a port where nobody is. */
async function gone(): Promise<TwilioAccount> {
  const other = await FakeTwilio.start();
  const { account } = other;
  await other.close();
  return account;
}

/** Every wait is over after so many milliseconds. */
const soon = (ms: number) => ({ after: (_ms: number, run: () => void) => realTimers.after(ms, run) });
const refusal = async (api: TwilioApi): Promise<Refused> => {
  const failure = await api.create(MESSAGE).catch((error: unknown) => error);
  if (!(failure instanceof Refused)) throw new Error(`It was not refused: ${failure}`);
  return failure;
};

test.each([
  [400, { code: 21610, message: "unsubscribed" }, true, "asked-to-stop"],
  [400, { code: 21211, message: "no number" }, true, "address-unknown"],
  [400, { code: 21614, message: "no mobile" }, true, "address-unknown"],
  [400, { code: 21612, message: "cannot be routed" }, true, "refused"],
  [400, { code: 30003 }, false, "phone-expired"],
  [400, { code: 30005 }, true, "address-unknown"],
  [400, { code: 30006 }, true, "address-unknown"],
  [400, { code: "30007" }, true, "refused"],
  [400, { code: 30008 }, false, "refused"],
  [401, { code: 20003, message: "Authenticate" }, false, "carrier-login"],
  [429, { code: 20429 }, false, "carrier-busy"],
  [429, "slow down", false, "carrier-busy"],
  [500, {}, false, "carrier-busy"],
  [503, "<html>", false, "carrier-busy"],
  [201, { sid: "SM1", error_code: 21610 }, true, "asked-to-stop"],
  [200, "<html>Welcome</html>", false, "carrier-unreachable"],
  [200, `{"sid":"SM1","body":"${"x".repeat(70_000)}"}`, false, "carrier-unreachable"],
] as const)("an answer of %i %j", async (status, body, permanent, code) => {
  twilio.behave(TO, { answer: { status, body } });
  expect(await refusal(new TwilioApi(twilio.account, realTimers))).toMatchObject({ permanent, code });
});

test("a redirect is not followed, nor is the password told to whom it leads to", async () => {
  twilio.behave(TO, { answer: { status: 307, headers: { location: "/elsewhere" } } });
  expect(await refusal(new TwilioApi(twilio.account, realTimers))).toMatchObject({ permanent: false, code: "carrier-unreachable" });
});

test("no answer is waited for only so long, and may mean that the carrier has it; who is not there has nothing", async () => {
  twilio.behave(TO, { silent: true });
  expect(await refusal(new TwilioApi(twilio.account, soon(200)))).toMatchObject({ permanent: false, code: "connection-lost" });
  expect(await refusal(new TwilioApi(await gone(), realTimers))).toMatchObject({ permanent: false, code: "carrier-unreachable" });
});

test("closing waits for what is under way and then cuts it off", async () => {
  twilio.behave(TO, { silent: true });
  const api = new TwilioApi(twilio.account, realTimers);
  const sending = refusal(api);
  await api.close(100);
  expect((await sending).code).toBe("connection-lost");
});

test("no failure tells the password", async () => {
  twilio.behave(TO, { answer: { status: 401, body: { code: 20003, message: "Authenticate" } } });
  const failures = [await refusal(new TwilioApi(twilio.account, realTimers)), await refusal(new TwilioApi(await gone(), realTimers))];
  for (const failure of failures) {
    const words = `${failure.stack} ${failure.detail} ${JSON.stringify(failure)}`;
    for (const secret of [
      twilio.account.token,
      encodeURIComponent(twilio.account.token),
      Buffer.from(`AC0123456789abcdef:${twilio.account.token}`).toString("base64"),
    ])
      expect(words).not.toContain(secret);
  }
});
