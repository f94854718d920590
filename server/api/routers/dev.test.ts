import { expect, test } from "vitest";
import { appRouter } from "../router";
import type { DemoPhonesService, Services } from "../services";

const session = { userId: "00000000000000000000000001", role: "member" } as const;
const callerOf = (services: Partial<Services>) => appRouter.createCaller({ services: services as Services, session, caller: "192.0.2.1" }).dev;
const TEXT = { phone: "+15550100", to: "+15550190", text: "@ann Hello" };

/** Notes what was asked of it and knows nothing itself. */
function noted(calls: unknown[]): DemoPhonesService {
  return {
    list: async () => [],
    numbers: async () => ["+15550190"],
    texts: async (phone) => {
      calls.push(phone);
      return [];
    },
    write: async (text) => void calls.push(text),
    behave: async (...all) => void calls.push(all),
  };
}

test("without the demo's network there are no phones", async () => {
  const dev = callerOf({});
  const behaviour = { outcome: "expired", delayMs: 0 } as const;
  for (const call of [dev.phones(), dev.phoneTexts({ phones: [TEXT.phone] }), dev.writeText(TEXT), dev.phoneBehaviour({ phone: TEXT.phone, behaviour })])
    await expect(call).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("what is asked goes to the phones as it is", async () => {
  const calls: unknown[] = [];
  const dev = callerOf({ demoPhones: noted(calls) });
  expect(await dev.phones()).toEqual({ phones: [], numbers: ["+15550190"] });
  expect(await dev.phoneTexts({ phones: ["+15550100", "+15550101"] })).toEqual([[], []]);
  await dev.writeText(TEXT);
  await dev.phoneBehaviour({ phone: TEXT.phone, behaviour: { outcome: "delivered", delayMs: 10_000 } });
  expect(calls).toEqual(["+15550100", "+15550101", TEXT, [TEXT.phone, { outcome: "delivered", delayMs: 10_000 }]]);
});

test("inputs are bounded", async () => {
  const dev = callerOf({ demoPhones: noted([]) });
  for (const call of [
    dev.phoneTexts({ phones: [] }),
    dev.phoneTexts({ phones: Array.from({ length: 51 }, () => TEXT.phone) }),
    dev.phoneTexts({ phones: ["tel:+15550100"] }),
    dev.writeText({ ...TEXT, text: "" }),
    dev.writeText({ ...TEXT, text: "a".repeat(2_001) }),
    dev.writeText({ ...TEXT, to: "+1555019000000000000" }),
    dev.phoneBehaviour({ phone: TEXT.phone, behaviour: { outcome: "delivered", delayMs: 60_001 } }),
  ])
    await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
