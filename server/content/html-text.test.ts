import { describe, expect, test } from "vitest";
import { htmlToText } from "./html-text";

describe("the words of an HTML mail", () => {
  test.each([
    ["<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"],
    ["<div>a</div><div>b</div>", "a\nb"],
    ["a<br><br><br><br>b", "a\n\nb"],
    ["  lots \n of\t space&nbsp;here ", "lots of space here"],
    ["<ul><li>one</li><li>two</li></ul>after", "• one\n• two\n\nafter"],
    ["<blockquote>old<blockquote>older</blockquote></blockquote><p>new</p>", "> old\n>\n>> older\n\nnew"],
    ["x<blockquote><p>a</p><p>b</p></blockquote>", "x\n\n> a\n>\n> b"],
    ["<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"],
    ["<pre>  keep\n   this</pre>", "  keep\n   this".trim()],
    ["see <a href='https://braid.test/x'>the page</a>.", "see the page (https://braid.test/x)."],
    ["<a href='https://braid.test/'>braid.test</a>", "braid.test"],
    [`<a href='https://t.test/${"x".repeat(200)}'>read on</a>`, "read on"],
    ["<a href='javascript:alert(1)'>no</a>", "no"],
    ["&lt;b&gt; &amp;amp; &eacute; &#128512; &rsquo;", "<b> &amp; é 😀 ’"],
    ["a<script>b</script><style>c</style><title>d</title>e", "ae"],
    ["<div style='display:none'>preheader <b>x</b></div>hello", "hello"],
    ["a <img src=x alt=y> b", "a b"],
    ["<p>unclosed <b>tags", "unclosed tags"],
    ["1 < 2 & 3 > 2", "1 < 2 & 3 > 2"],
    ["<!-- gone --><p>here", "here"],
    ["", ""],
  ])("%j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test("reads the beginning of what is too long", () => {
    expect(htmlToText("<p>x</p>".repeat(1_000_000)).length).toBeLessThan(256 * 1024);
  });
});
