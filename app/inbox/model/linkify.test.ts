import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).filter((part) => part.href !== undefined);
const shown = (text: string) => links(text).map((part) => part.text);

describe("linkify", () => {
  test.each([
    ["See https://example.org.", "https://example.org"],
    ["(https://example.org/a)", "https://example.org/a"],
    ["https://en.wikipedia.org/wiki/Braid_(game)", "https://en.wikipedia.org/wiki/Braid_(game)"],
    ["(see https://en.wikipedia.org/wiki/Braid_(game)).", "https://en.wikipedia.org/wiki/Braid_(game)"],
    ["Really, https://example.org/?a=1&b=2#c?!", "https://example.org/?a=1&b=2#c"],
    ['<a href="https://example.org/x">', "https://example.org/x"],
    ["“https://example.org/x”", "https://example.org/x"],
    ["HTTP://EXAMPLE.ORG/Path", "HTTP://EXAMPLE.ORG/Path"],
    ["https://example.org/日本語。", "https://example.org/日本語"],
    ["http://localhost:3000/t/1,", "http://localhost:3000/t/1"],
  ])("%s", (text, address) => {
    expect(shown(text)).toEqual([address]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.org",
    "xhttps://",
    "https://",
    "https://user:pw@example.org",
    "https://bank.example@evil.example/",
  ])("%s is no link", (text) => {
    expect(links(text)).toEqual([]);
  });

  test("marks that reorder text end the address", () => {
    expect(shown("https://example.org/\u202egpj.exe")).toEqual(["https://example.org/"]);
  });

  test("keeps the text between two addresses", () => {
    expect(linkify("a https://b.example c https://d.example e").map((part) => part.text)).toEqual([
      "a ",
      "https://b.example",
      " c ",
      "https://d.example",
      " e",
    ]);
  });

  test("joined again it is the text, and every link is http or https", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("https://a.example/", "http://", ")", "(", ".", " ", "\n", "javascript:"));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const parts = linkify(text);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
      }),
    );
  });

  test("a long run of brackets costs no more than its length", () => {
    const text = `https://example.org/${")".repeat(20_000)}`;
    expect(linkify(text).map((part) => part.text.length)).toEqual([20, 20_000]);
  });
});
