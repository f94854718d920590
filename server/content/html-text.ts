import sanitize from "sanitize-html";
import { DROPPED_WITH_CONTENT } from "./allowed-html";

/** Characters of HTML that are read for text; a conversation needs the beginning only. */
const MAX_INPUT = 256 * 1024;
/** Longer addresses are a newsletter's tracking, not something to read. */
const MAX_LINK = 120;

const BLOCKS = [
  "p",
  "div",
  "tr",
  "table",
  "ul",
  "ol",
  "pre",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "section",
  "article",
  "header",
  "footer",
  "dl",
  "dt",
  "dd",
  "hr",
];
/** Blocks with an empty line around them. */
const APART = new Set(["p", "table", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]);

/**
 * The words of an HTML text, laid out with line breaks: quotations get `> `, list items a bullet, links their address when it says more
 * than their words. Hidden text (preheaders) is left out. Not for the main thread.
 */
export const htmlToText = (html: string): string => layOut(simplify(html.slice(0, MAX_INPUT)));

/** The same words as HTML of a few tags without surprises, so that `TOKEN` can read it. */
function simplify(html: string): string {
  return sanitize(html, {
    allowedTags: [...BLOCKS, "br", "li", "td", "th", "blockquote", "a"],
    allowedAttributes: { a: ["href"] },
    allowedSchemes: ["http", "https"],
    allowProtocolRelative: false,
    nonTextTags: DROPPED_WITH_CONTENT,
    nestingLimit: 100,
    // A template goes with all that is in it.
    transformTags: { "*": (tagName, attribs) => ({ tagName: HIDDEN.test(attribs.style ?? "") ? "template" : tagName, attribs }) },
  });
}

const HIDDEN = /display\s{0,3}:\s{0,3}none/i;
const TOKEN = /<(\/?)([a-z0-9]+)(?: href="([^"]*)")?(?: \/)?>|[^<]+/g;

function layOut(simple: string): string {
  const page = new Page();
  let link: { href: string; at: number } | undefined;
  for (const [token, slash, tag, href] of simple.matchAll(TOKEN)) {
    if (tag === undefined) page.words(decode(token));
    else if (tag === "a" && slash === "") link = href === undefined ? undefined : { href: decode(href), at: page.length };
    else if (tag === "a") link = page.link(link);
    else page.tag(tag, slash === "/");
  }
  return page.text();
}

class Page {
  readonly #lines: string[] = [];
  #line = "";
  #quotes = 0;
  #pre = 0;
  /** Depth of quotation of the empty line that is owed. */
  #owed: number | undefined;
  length = 0;

  words(text: string): void {
    const pieces = this.#pre > 0 ? text.split("\n") : [text.replace(/\s+/g, " ")];
    pieces.forEach((piece, at) => {
      if (at > 0) this.#break();
      this.#line += this.#pre === 0 && /^$|\s$/.test(this.#line.slice(-1)) ? piece.trimStart() : piece;
      this.length += piece.trim().length;
    });
  }

  /** Adds the address behind the words, unless the words are the address or there were none. */
  link(link: { href: string; at: number } | undefined): undefined {
    if (link === undefined || link.href.length > MAX_LINK || this.length === link.at) return;
    const shown = this.#line.trimEnd();
    if (!shown.endsWith(link.href) && !shown.endsWith(link.href.replace(/^https?:\/\/|\/$/g, ""))) this.words(` (${link.href})`);
  }

  tag(tag: string, closing: boolean): void {
    switch (tag) {
      case "br":
        this.#break();
        break;
      case "td":
      case "th":
        this.words(" ");
        break;
      case "li":
        this.#end();
        if (!closing) this.#line = "• ";
        break;
      default:
        this.#block(tag, closing ? -1 : 1);
    }
  }

  text(): string {
    this.#end();
    return this.#lines.join("\n").trim();
  }

  #block(tag: string, deeper: number): void {
    this.#end();
    if (APART.has(tag)) this.#gap();
    if (tag === "blockquote") this.#quotes = Math.max(0, this.#quotes + deeper);
    if (tag === "pre") this.#pre = Math.max(0, this.#pre + deeper);
  }

  /** Ends the line if anything stands in it. */
  #end(): void {
    if (this.#line.trim() !== "") this.#break();
    else this.#line = "";
  }

  #break(): void {
    if (this.#line.trim() === "") this.#gap();
    else this.#push(this.#line.trimEnd());
    this.#line = "";
  }

  /** An empty line is owed before the next words, however often it is asked for. */
  #gap(): void {
    this.#owed = Math.min(this.#owed ?? this.#quotes, this.#quotes);
  }

  #push(line: string): void {
    if (this.#owed !== undefined && this.#lines.length > 0) this.#lines.push(prefix(Math.min(this.#owed, this.#quotes)).trimEnd());
    this.#owed = undefined;
    this.#lines.push(prefix(this.#quotes) + line);
  }
}

const prefix = (quotes: number): string => (quotes === 0 ? "" : `${">".repeat(Math.min(quotes, 10))} `);

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

const decode = (text: string): string => text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity).replace(/\u00a0/g, " ");
