import type { Original } from "@/app/replica/types";

/**
 * The document inside the frame. The server has sanitised the HTML; the frame's sandbox and this policy stand behind it should that
 * ever fail: no script, no form, no frame, no font, no style from elsewhere, and images from outside only when asked for.
 */
export function originalDocument(original: Pick<Original, "html" | "text">, images: boolean): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:${images ? " https: http:" : ""}; form-action 'none'; base-uri 'none'`;
  const body = original.html ?? `<pre>${escaped(original.text)}</pre>`;
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><style>${STYLE}</style></head><body dir="auto">${body}</body></html>`;
}

/** A mail brings its own colours and expects white paper; only what it leaves open is ours. */
const STYLE =
  "body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#1f1b17;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}pre{white-space:pre-wrap;font:inherit}table{max-width:100%}";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]!);
