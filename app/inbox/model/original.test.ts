import { expect, test } from "vitest";
import { originalDocument } from "./original";

test("text cannot become markup", () => {
  expect(originalDocument({ text: "<script>alert(1)</script>&" }, false)).toContain("<pre>&lt;script&gt;alert(1)&lt;/script&gt;&amp;</pre>");
});

test("nothing is loaded from outside until asked, and then images only", () => {
  const policy = (images: boolean) => /content="([^"]*)"/.exec(originalDocument({ text: "", html: "<p>x</p>" }, images))?.[1];
  expect(policy(false)).toContain("default-src 'none'");
  expect(policy(false)).not.toMatch(/https?:/);
  expect(policy(true)).toContain("img-src data: cid: https: http:;");
  expect(policy(true)).not.toContain("script-src");
});
