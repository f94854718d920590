import sanitize from "sanitize-html";
import { ALLOWED_ATTRIBUTES, ALLOWED_STYLES, ALLOWED_TAGS, DROPPED_WITH_CONTENT } from "./allowed-html";

/** Whether pictures from elsewhere are fetched; doing so tells the sender that, when and where the mail was opened. */
export type Images = "off" | "on";

export interface SafeHtml {
  readonly html: string;
  /** Pictures from elsewhere that were taken out. */
  readonly blockedImages: number;
}

/** Characters of HTML that are worth cleaning; what is longer is shown as text. */
export const MAX_HTML = 512 * 1024;

/** Deeper elements lose their tags and keep their text; browsers themselves stop nesting at 512. */
const MAX_DEPTH = 100;

/**
 * Content-Security-Policy of the document that shows `safeHtml`, the second fence behind the cleaning. The document belongs into an
 * `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox">`: no script, no form, no origin of its own.
 */
export const ORIGINAL_CSP: Readonly<Record<Images, string>> = {
  off: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
  on: "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; base-uri 'none'; form-action 'none'",
};

/**
 * A stranger's HTML without anything that acts, loads or tracks: allowed elements, attributes and styles only. Links open elsewhere and
 * tell nobody where from. Not for the main thread: some inputs are slow. Pictures that are parts of the mail (`cid:`) are left out for now.
 */
export function safeHtml(html: string, { images }: { readonly images: Images }): SafeHtml {
  let blockedImages = 0;
  const cleaned = sanitize(html, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    allowedStyles: { "*": ALLOWED_STYLES },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["http", "https", "data"] },
    allowProtocolRelative: false,
    nonTextTags: DROPPED_WITH_CONTENT,
    nestingLimit: MAX_DEPTH,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: linkAttributes(attribs) }),
      img: (tagName, attribs) => {
        const picture = pictureAttributes(attribs, images);
        if (picture === "blocked") blockedImages++;
        return { tagName, attribs: typeof picture === "string" ? {} : picture };
      },
    },
    exclusiveFilter: (frame) => frame.tag === "img" && frame.attribs.src === undefined,
  });
  return { html: cleaned, blockedImages };
}

function linkAttributes(attribs: sanitize.Attributes): sanitize.Attributes {
  const { href: _, target: __, rel: ___, ...rest } = attribs;
  const url = absolute(attribs.href);
  if (url === undefined || !["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return rest;
  return { ...rest, href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" };
}

const INLINE_PICTURE = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=]+$/i;

function pictureAttributes(attribs: sanitize.Attributes, images: Images): sanitize.Attributes | "blocked" | "left-out" {
  const { src: given, srcset: _, ...rest } = attribs;
  const url = absolute(given);
  if (url === undefined) return "left-out";
  if (url.protocol === "data:") return INLINE_PICTURE.test(url.href) ? { ...rest, src: url.href } : "left-out";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "left-out";
  return images === "on" ? { ...rest, src: url.href } : "blocked";
}

const NOWHERE = "nowhere.invalid";

/** The address as a browser would read it, or undefined when it depends on the page it stands in or is none. */
function absolute(address: string | undefined): URL | undefined {
  if (address === undefined || !URL.canParse(address, `https://${NOWHERE}/`)) return undefined;
  const url = new URL(address, `https://${NOWHERE}/`);
  return url.hostname === NOWHERE ? undefined : url;
}
