import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endOf, SmscRig, submitOf } from "@/testkit/smsc/rig";
import { statusOf } from "./status";

let rig: SmscRig;
beforeEach(async () => {
  rig = await SmscRig.start();
});
afterEach(() => rig.close());

const LIMITS = { window: 5, enquireMs: 30_000 };
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const textsOf = (submitted: readonly { fields: Record<string, unknown> }[]) => submitted.map(({ fields }) => String(fields.short_message));
const bound = (carrier: ReturnType<SmscRig["carrier"]>) => rig.until(() => carrier.state().links[0]!.phase === "bound");

/** All of them, with time passing. */
async function ended<T>(calls: readonly Promise<T>[], msEach = 5): Promise<T[]> {
  let isOver = false;
  const all = Promise.all(calls).finally(() => (isOver = true));
  await rig.until(() => isOver, msEach);
  return all;
}

describe("the window", () => {
  it("is used, and never exceeded", async () => {
    rig.smsc.behaviour.submit = (_, random) => ({ afterMs: random(1)[0]! });
    const carrier = rig.carrier({ limits: LIMITS });
    const calls = numbers(100).map((i) => carrier.submit(submitOf(`message ${i}`)));
    const ids = (await ended(calls)).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(100);
    expect(textsOf(rig.smsc.submitted)).toEqual(numbers(100).map((i) => `message ${i}`));
    expect(rig.smsc.mostUnanswered).toBe(5);
    expect(carrier.state()).toMatchObject({ submitted: 100, queued: 0, links: [{ windowUsed: 0 }] });
  });

  it("and the queue are bounded", async () => {
    rig.smsc.behaviour.submit = () => ({ silent: true });
    const carrier = rig.carrier({ limits: LIMITS, queue: 7 });
    await bound(carrier);
    const calls = numbers(12).map((i) => endOf(carrier.submit(submitOf(`message ${i}`))));
    await rig.until(() => rig.smsc.submitted.length === 5, 5);
    const more = numbers(6).map(() => endOf(carrier.submit(submitOf("x"))));
    expect(await more[5]).toBe("overloaded overloaded");
    expect(carrier.state()).toMatchObject({ queued: 7, links: [{ windowUsed: 5 }] });
    rig.smsc.kill();
    expect(await Promise.all(calls.slice(0, 5))).toEqual(Array(5).fill("unknown-outcome connection-lost"));
  });

  it("half of which has no answer for twice as long as one may take makes the link a new one", async () => {
    rig.smsc.behaviour.submit = ({ fields }) => (String(fields.short_message).startsWith("lost") ? { silent: true } : {});
    const carrier = rig.carrier({ limits: { ...LIMITS, window: 4 } });
    expect(
      await ended(
        ["lost 1", "lost 2", "good 1"].map((text) => endOf(carrier.submit(submitOf(text)))),
        500,
      ),
    ).toEqual([...Array(2).fill("unknown-outcome no-answer"), "taken"]);
    expect(
      await ended(
        ["good 2", "good 3"].map((text) => endOf(carrier.submit(submitOf(text)))),
        50,
      ),
    ).toEqual(["taken", "taken"]);
    expect(rig.smsc.connections).toBe(1);
    await rig.until(() => rig.smsc.connections === 2, 500);
    expect(await endOf(carrier.submit(submitOf("good 4")))).toBe("taken");
  });
});

describe("a carrier that is fed too fast", () => {
  it("is fed more slowly, then faster again, and nothing is lost", async () => {
    rig.smsc.behaviour.perSecond = 20;
    const carrier = rig.carrier({ limits: LIMITS, perSecond: 200 });
    const began = rig.clock.now;
    const calls = numbers(200).map((i) => carrier.submit(submitOf(`message ${i}`)));
    const rates = new Set<number>();
    const watch = () => rates.add(carrier.state().rate) && rig.smsc.taken.length === 200;
    await rig.until(watch, 20);
    await Promise.all(calls);
    const seconds = (rig.clock.now - began) / 1000;
    expect(new Set(textsOf(rig.smsc.taken)).size).toBe(200);
    expect(Math.min(...rates)).toBeLessThan(20);
    expect(200 / seconds).toBeGreaterThan(12);
    const { throttled } = carrier.state();
    expect([throttled > 0, throttled < 60]).toEqual([true, true]);
    rig.smsc.behaviour.perSecond = undefined;
    await rig.until(() => carrier.state().rate === 200, 1000);
  });

  it("gives a message back with the reason when its time is over", async () => {
    rig.smsc.behaviour.submit = () => ({ status: statusOf("ESME_RMSGQFUL") });
    const carrier = rig.carrier();
    expect(await ended([endOf(carrier.submit(submitOf("x"), { withinMs: 9_000 }))], 100)).toEqual(["not-sent ESME_RMSGQFUL"]);
    expect(carrier.state()).toMatchObject({ submitted: 0, queued: 0, failures: { ESME_RMSGQFUL: 1 } });
    expect(rig.smsc.submitted.length).toBeLessThan(12);
  });
});

describe("a broken connection", () => {
  it("leaves what was under way unknown; what waited goes over the next one, in order", async () => {
    const carrier = rig.carrier({ limits: LIMITS });
    await bound(carrier);
    rig.smsc.behaviour.submit = () => ({ silent: true });
    const calls = numbers(20).map((i) => endOf(carrier.submit(submitOf(`message ${i}`))));
    await rig.until(() => rig.smsc.submitted.length === 5, 5);
    rig.smsc.behaviour.submit = () => ({});
    rig.smsc.kill();
    expect(await ended(calls)).toEqual([...Array(5).fill("unknown-outcome connection-lost"), ...Array(15).fill("taken")]);
    expect(textsOf(rig.smsc.taken)).toEqual(numbers(15).map((i) => `message ${i + 5}`));
    const { failures, lastError, links } = carrier.state();
    expect(failures).toEqual({ "connection-lost": 6 });
    expect(lastError!.words).toMatch(/^The carrier closed the connection\./);
    expect(links[0]!.boundSince).toBeGreaterThan(lastError!.at);
  });

  it("before or after the answer: never a wrong word about a message", async () => {
    let count = 0;
    rig.smsc.behaviour.submit = () => {
      count++;
      return count % 7 === 0 ? { drop: "before" } : count % 5 === 0 ? { drop: "after" } : {};
    };
    const carrier = rig.carrier({ limits: LIMITS });
    const ends = await ended(
      numbers(60).map((i) => endOf(carrier.submit(submitOf(`message ${i}`), { withinMs: 1e9 }))),
      100,
    );
    const taken = new Set(textsOf(rig.smsc.taken));
    for (const i of numbers(60)) if (ends[i] === "taken") expect(taken).toContain(`message ${i}`);
    expect(new Set(ends)).toEqual(new Set(["taken", "unknown-outcome connection-lost"]));
    expect(new Set(textsOf(rig.smsc.submitted)).size).toBe(rig.smsc.submitted.length);
  });

  it("is tried again with pauses that double; what waits too long is given back as not sent", async () => {
    rig.smsc.behaviour.bind = () => statusOf("ESME_RBINDFAIL");
    const carrier = rig.carrier();
    const call = endOf(carrier.submit(submitOf("x"), { withinMs: 20_000 }));
    expect(await ended([call], 50)).toEqual(["not-sent deadline"]);
    expect(rig.smsc.connections).toBeGreaterThanOrEqual(4);
    expect(rig.smsc.connections).toBeLessThanOrEqual(6);
    expect(carrier.state()).toMatchObject({ lastError: { code: "deadline" }, failures: { ESME_RBINDFAIL: rig.smsc.connections } });
  });

  it("is noticed when the other side only seems to be there", async () => {
    const carrier = rig.carrier({ limits: LIMITS });
    await bound(carrier);
    rig.smsc.behaviour.enquire = "silent";
    await rig.until(() => carrier.state().failures.silent === 1, 1000);
    rig.smsc.behaviour.enquire = "answers";
    await rig.until(() => rig.smsc.connections === 2 && carrier.state().links[0]!.phase === "bound", 100);
  });
});

describe("a wrong password", () => {
  it("is for a person: tried seldom, with a word about it, until it is accepted", async () => {
    rig.smsc.behaviour.bind = () => statusOf("ESME_RINVPASWD");
    const carrier = rig.carrier();
    await rig.until(() => carrier.state().attention !== undefined);
    expect(carrier.state()).toMatchObject({ attention: expect.stringMatching(/does not accept the password.*"braid"/), links: [{ phase: "waiting" }] });
    expect(JSON.stringify(carrier.state())).not.toContain("secret");
    for (const _ of numbers(28)) await rig.until(() => true, 10_000);
    expect(rig.smsc.connections).toBe(1);
    rig.smsc.behaviour.bind = () => undefined;
    await rig.until(() => carrier.state().links[0]!.phase === "bound", 500);
    expect(carrier.state().attention).toBeUndefined();
  });
});

describe("a transmitter and a receiver", () => {
  it("send on one and receive on the other, and each comes back by itself", async () => {
    const carrier = rig.carrier({ binds: "pair" });
    await rig.until(() => carrier.state().links.every(({ phase }) => phase === "bound"));
    await carrier.submit(submitOf("out"));
    await rig.smsc.phone("braid", { from: "1", to: "2", parts: [Buffer.from("in")] });
    const kinds = rig.smsc.heard.map(({ pdu, connection }) => `${connection} ${pdu.command}`);
    const [transmitter, receiver] = ["transmitter", "receiver"].map((kind) => kinds.find((one) => one.endsWith(kind))![0]);
    expect(kinds).toContain(`${transmitter} submit_sm`);
    expect(kinds).toContain(`${receiver} deliver_sm_resp`);
    for (const client of rig.smsc.clients) if (client.bind === "bind_receiver") client.session.destroy();
    await rig.until(() => carrier.state().links[1]!.phase === "waiting");
    await carrier.submit(submitOf("still out"));
    await rig.until(() => carrier.state().links[1]!.phase === "bound", 100);
    expect(rig.smsc.connections).toBe(3);
  });
});

describe("closing", () => {
  it("gives back what waits, finishes what is under way, unbinds and stays closed", async () => {
    rig.smsc.behaviour.submit = () => ({ afterMs: 300 });
    const carrier = rig.carrier({ limits: LIMITS });
    await bound(carrier);
    const calls = numbers(9).map((i) => endOf(carrier.submit(submitOf(`message ${i}`))));
    await rig.until(() => rig.smsc.submitted.length === 5, 5);
    const closing = carrier.close();
    expect(await ended(calls)).toEqual([...Array(5).fill("taken"), ...Array(4).fill("not-sent closed")]);
    await closing;
    expect(rig.smsc.heard.at(-1)!.pdu.command).toBe("unbind");
    expect(await endOf(carrier.submit(submitOf("x")))).toBe("not-sent closed");
    await rig.until(() => rig.smsc.clients.size === 0);
    for (const _ of numbers(100)) await rig.until(() => true, 10_000);
    expect([rig.smsc.connections, carrier.state().links[0]!.phase]).toEqual([1, "closed"]);
  });
});
