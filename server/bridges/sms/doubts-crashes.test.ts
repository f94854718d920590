import { afterEach, expect, test, vi } from "vitest";
import { seededRandom } from "@/testkit/random";
import { type Life, Lives, type Sent } from "@/testkit/smsc/lives";
import { GRACE } from "./decide-doubt";
import type { SubmitAnswer } from "./simulator/behaviour";
import type { Submitted } from "./simulator/smsc";

const PHONES = ["+12025550143", "+12025550187", "+12025550111"];
const TEXTS = 12;
/** Between two of our lives we are bound at once; receipts come within the time they are given. */
const SLOWEST_RECEIPT = GRACE - 5_000;
let lives: Lives;
afterEach(() => lives.close());
vi.setConfig({ testTimeout: 120_000 });

/** Numbers below `most`, from a seed. */
function dice(seed: number): (most: number) => number {
  const random = seededRandom(seed);
  return (most) => Math.floor((Buffer.from(random(4)).readUInt32BE() / 2 ** 32) * most);
}

/** It keeps the order of a connection: what comes after a text that got lost on a connection is lost as well. */
function chances(roll: (most: number) => number) {
  let [lost, lostOn] = [false, 0];
  return (sms: Submitted): SubmitAnswer => {
    if (lostOn !== lives.smsc.connections) [lost, lostOn] = [false, lives.smsc.connections];
    lost ||= roll(12) === 0;
    if (lost) return { silent: true };
    if (roll(5) > 0) return { afterMs: roll(400) };
    sms.status = 0;
    lives.smsc.owe(sms);
    return { silent: true };
  };
}

test.each(Array.from({ length: 6 }, (_, i) => i + 1))(
  "seed %i: Braid and connections die anywhere, receipts come some time: no text is lost, none is doubled",
  async (seed) => {
    const roll = dice(seed);
    lives = await Lives.begin(seed);
    await lives.pass(500);
    Object.assign(lives.smsc.behaviour, { submit: chances(roll), receipt: () => ({ afterMs: roll(SLOWEST_RECEIPT), outcome: "DELIVRD" }) });
    const texts: (Sent & { phone: string; words: string })[] = [];
    for (let i = 0; i < TEXTS; i++) {
      const phone = PHONES[roll(PHONES.length)] as string;
      texts.push({ phone, words: `text ${i}.`, ...(await lives.now.say(phone, `text ${i}.`)) });
      await lives.pass(roll(800));
      if (roll(4) === 0) await crash(roll);
      else if (roll(6) === 0) lives.smsc.kill();
    }
    lives.smsc.behaviour.submit = () => ({});
    await crash(roll);
    const unsettled = async () =>
      (await Promise.all(texts.map(({ phone, ...sent }) => lives.now.outcome(phone, sent)))).filter((one) => one?.state === "sending");
    for (let waits = 0; waits < 200 && (await unsettled()).length > 0; waits++) await lives.pass(10_000, 2_000);
    await lives.pass(SLOWEST_RECEIPT, 1_000);
    for (const { words, phone, ...sent } of texts) {
      const there = lives.onPhones.filter((text) => text.endsWith(words)).length;
      // A crash between the two reports leaves a text that was delivered at "sent".
      expect([words, there, (await lives.now.outcome(phone, sent))?.state]).toEqual([words, 1, expect.stringMatching(/^(sent|delivered)$/)]);
    }
  },
);

/** At one of the next calls of the store, or at once when it makes none; then another begins. */
async function crash(roll: (most: number) => number): Promise<void> {
  const life: Life = lives.now;
  life.diesAt = life.calls + 1 + roll(25);
  await lives.pass(roll(1_500));
  await lives.die();
  await lives.pass(roll(4_000));
  await lives.live();
  await lives.pass(1_500);
}
