/** A few words of SVG. The colours follow the reader's choice of light or dark, as the page around the picture does. */
const STYLE = `
  text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #3f3f46 } .small { font-size: 10px; fill: #71717a }
  .axis { stroke: #d4d4d8 } .hit { fill: #2563eb } .others { fill: #a1a1aa } .budget { stroke: #dc2626; stroke-width: 2 } .middle { stroke: #fff; stroke-width: 2 }
  .strike { stroke: #dc2626; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #d4d4d8 } .small { fill: #a1a1aa } .axis { stroke: #3f3f46 } .hit { fill: #60a5fa } .others { fill: #71717a }
    .budget, .strike { stroke: #f87171 } .middle { stroke: #18181b }
  }`;

export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    ...parts,
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

export const text = (x: number, y: number, words: string, more = ""): string =>
  `<text x="${round(x)}" y="${round(y)}"${more && ` ${more}`}>${escaped(words)}</text>`;

export const line = (x1: number, y1: number, x2: number, y2: number, name: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${name}"/>`;

export const bar = (x: number, y: number, width: number, height: number, name: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" class="${name}"/>`;

/** What lies between a line and the ground. */
export function area(points: readonly (readonly [x: number, y: number])[], ground: number, name: string): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  const path = points.map(([x, y]) => `L${round(x)} ${round(y)}`).join("");
  return `<path d="M${round(first[0])} ${ground}${path}L${round(last[0])} ${ground}Z" class="${name}"/>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (words: string): string => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
