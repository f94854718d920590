import { createHmac, timingSafeEqual } from "node:crypto";

/** The parameters of a form as Twilio signs them: each name with its values, none of them twice. */
type Params = ReadonlyMap<string, readonly string[]>;

/**
 * Whether X-Twilio-Signature fits the request: HMAC-SHA1, in base64, of the URL and all parameters (Twilio's "Validating signatures", and
 * what its libraries do). The URL counts with its port and without: Twilio signs now the one, now the other.
 */
export function isSigned(token: string, signature: string, url: string, form: URLSearchParams): boolean {
  const given = Buffer.from(signature);
  let fits = false;
  for (const spelling of spellingsOf(url)) {
    const expected = Buffer.from(signatureOf(token, spelling, form));
    if (expected.length === given.length && timingSafeEqual(expected, given)) fits = true;
  }
  return fits;
}

/** `url` is signed as it stands. */
export function signatureOf(token: string, url: string, form: URLSearchParams): string {
  const hmac = createHmac("sha1", token).update(url);
  for (const [name, values] of paramsOf(form)) for (const value of values) hmac.update(name + value);
  return hmac.digest("base64");
}

/** Sorted by UTF-16 code units, as `sort` of JavaScript does; a name that is given more than once has its different values one after the other. */
function paramsOf(form: URLSearchParams): Params {
  const names = [...new Set(form.keys())].sort();
  return new Map(names.map((name) => [name, [...new Set(form.getAll(name))].sort()]));
}

/** With the port and without, and else letter for letter: what `URL` would write in its own way fits no more. */
function spellingsOf(url: string): string[] {
  const [, scheme = "", authority = "", rest = ""] = /^(https?:\/\/)([^/?#]*)(.*)$/.exec(url) ?? [];
  const bare = authority.replace(/:\d+$/, "");
  const standard = scheme === "https://" ? 443 : 80;
  return [`${scheme}${bare}${rest}`, `${scheme}${bare === authority ? `${bare}:${standard}` : authority}${rest}`];
}
