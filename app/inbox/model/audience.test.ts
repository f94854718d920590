import { describe, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import { type AudienceContext, audienceOf } from "./audience";

const NORA = "mailto:nora@example.org";
const PHONE = "tel:+15550100";
const NAMES: Record<string, string> = { ben: "Ben", cleo: "Cleo", [NORA]: "Nora", [PHONE]: "+1 555 0100" };
const context: AudienceContext = {
  me: "me",
  name: (id) => NAMES[id] ?? id,
  address: (id) => (id === PHONE ? "+1 555 0100" : id.replace("mailto:", "")),
  from: "ann@braid.example",
};
const people = (...ids: string[]) => ({ people: ["me", ...ids], kind: "group" as const });
const message = (n: number, from: string, event?: Message["event"]): Message => ({
  id: String(n),
  threadId: "t",
  from,
  channel: "chat",
  at: n,
  text: "",
  ...(event && { event }),
});

describe("what will happen on Enter", () => {
  test.each([
    [people("ben"), "As chat to Ben"],
    [people(NORA), "As e-mail to nora@example.org, from ann@braid.example"],
    [people(PHONE), "As SMS to +1 555 0100"],
    [people("ben", NORA, PHONE), "To 3: 1 by chat, 1 by e-mail, 1 by SMS"],
    [people("ben", "cleo"), "As chat to Ben and Cleo"],
    [people("ben", "cleo", NORA), "To 3: 2 by chat, 1 by e-mail"],
    [people(), "Only you see this"],
  ])("%o", (thread, words) => {
    expect(audienceOf(thread, [], context).words).toBe(words);
  });

  test("an answer on another channel than the question says why", () => {
    const mail = { ...message(1, "ben"), channel: "email" as const };
    expect(audienceOf(people("ben"), [mail], context).words).toBe("As chat to Ben, because Ben uses Braid");
    expect(audienceOf(people("ben"), [mail, message(2, "me")], context).words).toBe("As chat to Ben, because Ben uses Braid");
    expect(audienceOf(people("ben"), [mail, message(2, "ben")], context).words).toBe("As chat to Ben");
    expect(audienceOf(people("ben", "cleo"), [mail], context).words).toBe("As chat to Ben and Cleo");
  });

  test("somebody outside among people inside is worth a warning; alone they are not", () => {
    expect(audienceOf(people("ben", NORA), [], context).warning).toBe("nora@example.org is outside Braid and gets this by e-mail");
    expect(audienceOf(people("ben", PHONE), [], context).warning).toBe("+1 555 0100 is outside Braid and gets this by SMS");
    expect(audienceOf(people("ben", NORA, PHONE), [], context).warning).toBe(
      "nora@example.org and +1 555 0100 are outside Braid and get this by e-mail and by SMS",
    );
    expect(audienceOf(people(NORA), [], context).warning).toBeUndefined();
    expect(audienceOf(people("ben"), [], context).warning).toBeUndefined();
  });

  test("somebody added since my last message is new, until I have written again", () => {
    const added = message(2, "ben", { type: "added", people: ["cleo"] });
    const thread = people("ben", "cleo");
    expect(audienceOf(thread, [message(1, "me"), added], context).warning).toBe("Cleo is new here since you last wrote");
    expect(audienceOf(thread, [message(1, "me"), added, message(3, "me")], context).warning).toBeUndefined();
    expect(audienceOf(thread, [added], context).warning).toBeUndefined();
  });

  test("whoever I added, and whoever has left again, is no surprise", () => {
    const mine = message(2, "me", { type: "added", people: ["cleo"] });
    expect(audienceOf(people("ben", "cleo"), [message(1, "me"), mine], context).warning).toBeUndefined();
    const theirs = message(2, "ben", { type: "added", people: ["cleo"] });
    expect(audienceOf(people("ben"), [message(1, "me"), theirs], context).warning).toBeUndefined();
  });
});
