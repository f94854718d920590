import { describe, expect, test } from "vitest";
import { outsidePerson, type Person } from "@/domain/person";
import { addressWords, eventWords, firstName, outsideWords, type People, threadTitle, typingWords } from "./names";

const person = (id: string, name: string): [string, Person] => [id, { id, name, outside: false, hue: 0 }];
const people: People = new Map([person("me", "Ann Lee"), person("ben", "Ben Okafor"), person("cleo", "Cleo Marsh")]);
const thread = (ids: string[], over: { name?: string; names?: Record<string, string> } = {}) => ({ people: ["me", ...ids], names: {}, ...over });

describe("what a conversation is called", () => {
  test.each([
    [thread(["ben"]), "Ben Okafor"],
    [thread(["ben", "cleo"]), "Ben and Cleo"],
    [thread(["ben", "cleo"], { name: "Trip" }), "Trip"],
    [thread(["ben", "cleo"], { name: "  " }), "Ben and Cleo"],
    [thread(["mailto:nora@example.org"]), "nora@example.org"],
    [thread(["mailto:nora@example.org"], { names: { "mailto:nora@example.org": "Nora" } }), "Nora"],
    [thread(["tel:+15550100"]), "+1 555 0100"],
    [thread(["ben", "tel:+15550100"]), "Ben and +1 555 0100"],
    [thread([]), "Notes to yourself"],
    [thread(["ben", "cleo", "a@b", "c@d", "e@f"].map((id) => (id.includes("@") ? `mailto:${id}` : id))), "Ben, Cleo, a@b, and 2 more"],
  ])("%o", (given, title) => {
    expect(threadTitle(given, people, "me")).toBe(title);
  });
});

test("somebody outside by phone is named by a number that can be read", () => {
  const phone = outsidePerson("tel:+15550100");
  expect(firstName(phone.name)).toBe("+1 555 0100");
  expect(outsideWords(phone)).toBe("Outside, by SMS");
  const shown = { ...outsidePerson("tel:+447700900123"), name: "+44 7700 900123", shown: "+44 7700 900123" };
  expect([addressWords(shown), outsideWords(shown)]).toEqual(["+44 7700 900123", "Outside, by SMS"]);
  const eva = outsidePerson("tel:+15550100", "Eva Stone");
  expect([firstName(eva.name), addressWords(eva), outsideWords(eva)]).toEqual(["Eva", "+1 555 0100", "+1 555 0100, outside, by SMS"]);
  expect(outsideWords(outsidePerson("mailto:nora@example.org"))).toBe("Outside, by e-mail");
});

describe("lines about the conversation", () => {
  const name = (id: string) => people.get(id)?.name ?? id;
  test("say who did what, and whether it was me", () => {
    expect(eventWords({ type: "added", people: ["cleo"] }, "me", name, "me")).toBe("You added Cleo Marsh");
    expect(eventWords({ type: "added", people: ["me"] }, "ben", name, "me")).toBe("Ben Okafor added you");
    expect(eventWords({ type: "left" }, "ben", name, "me")).toBe("Ben Okafor left the conversation");
    expect(eventWords({ type: "named", name: "Trip" }, "me", name, "me")).toBe("You named the conversation “Trip”");
    expect(eventWords({ type: "named", name: "" }, "me", name, "me")).toBe("You removed the name of the conversation");
  });
});

test("who is writing", () => {
  expect(typingWords([])).toBe("");
  expect(typingWords(["Ben"])).toBe("Ben is writing");
  expect(typingWords(["Ben", "Cleo"])).toBe("Ben and Cleo are writing");
  expect(typingWords(["a", "b", "c", "d"])).toBe("4 people are writing");
});
