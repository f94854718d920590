import { expect, test } from "vitest";
import { hrefOf, placeOf } from "./place";
import { answerWords, quoting, replySubject } from "./reply";

test("a subject gets one Re:", () => {
  expect(replySubject("The house")).toBe("Re: The house");
  expect(replySubject("RE: The house")).toBe("RE: The house");
  expect(replySubject("")).toBe("Re:");
});

test("the mail stands below the answer, quoted", () => {
  const mail = { at: Date.parse("2025-11-12T12:00:00Z"), from: "ann@braid.example", text: "Hello,\n\nis it free?\n" };
  expect(quoting("Yes.\n", mail, "UTC")).toBe("Yes.\n\nOn 12 Nov 2025 at 12:00, ann@braid.example wrote:\n> Hello,\n>\n> is it free?\n");
});

test("SMTP answers in words", () => {
  expect(answerWords("250 OK").taken).toBe(true);
  expect(answerWords("550 5.1.1 unknown").words).toContain("refused");
  expect(answerWords("451 4.3.0 busy").words).toContain("later");
});

test("what is open is in the address", () => {
  for (const place of [{ at: "list" }, { at: "write" }, { at: "mail", id: "a b/ü#" }] as const)
    expect(placeOf(hrefOf(place) === "#" ? "" : hrefOf(place))).toEqual(place);
  expect(placeOf("#mail/%E0%A4%A")).toEqual({ at: "mail", id: "%E0%A4%A" });
  expect(placeOf("#mail/")).toEqual({ at: "list" });
});
