/** What may stay of a stranger's HTML. Everything absent here goes: deciding by a list of bad things has never worked for long. */

export const ALLOWED_TAGS: string[] = [
  ...["a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup"],
  ...["dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"],
  ...["i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong"],
  ...["sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"],
];

/** Elements whose content is no text for people, or is read by other rules than HTML's. */
export const DROPPED_WITH_CONTENT: string[] = [
  ...["script", "style", "title", "textarea", "option", "xmp", "template", "noscript", "noembed", "noframes"],
  ...["iframe", "object", "svg", "math", "select", "button"],
];

export const ALLOWED_ATTRIBUTES: Record<string, string[]> = {
  "*": ["style", "dir", "lang", "align", "title"],
  a: ["href", "target", "rel"],
  img: ["src", "alt", "width", "height"],
  table: ["width", "border", "cellpadding", "cellspacing", "bgcolor"],
  tr: ["valign", "bgcolor"],
  td: ["width", "height", "valign", "bgcolor", "colspan", "rowspan", "nowrap"],
  th: ["width", "height", "valign", "bgcolor", "colspan", "rowspan", "nowrap"],
  col: ["width", "span"],
  font: ["color", "face", "size"],
  ol: ["start", "type"],
};

/** Plain words, numbers and colours. No brackets but those of colours: `url()`, `image-set()` and their like fetch things. */
const PLAIN = /^(?:[-a-z0-9#%.,\s'"!]|(?:rgb|hsl)a?\([-\d\s.,%/]+\)){1,300}$/i;
const DISPLAY = /^(?:block|inline|inline-block|none|table|table-row|table-cell|list-item)$/i;

const sides = (name: string): string[] => [name, ...["top", "right", "bottom", "left"].map((side) => `${name}-${side}`)];

const PROPERTIES = [
  ...["color", "background", "background-color", "font", "font-family", "font-size", "font-style", "font-weight", "letter-spacing", "line-height"],
  ...["text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "word-break", "overflow-wrap", "direction"],
  ...["width", "max-width", "min-width", "height", "max-height", "list-style", "list-style-type", "border-collapse", "border-spacing", "border-radius"],
  ...sides("margin"),
  ...sides("padding"),
  ...sides("border"),
  ...["border-color", "border-style", "border-width"],
];

export const ALLOWED_STYLES: Record<string, RegExp[]> = {
  ...Object.fromEntries(PROPERTIES.map((name) => [name, [PLAIN]])),
  display: [DISPLAY],
};
