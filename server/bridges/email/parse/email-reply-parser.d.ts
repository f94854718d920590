/** The parts of email-reply-parser 1.9.4 that we use; it ships no types. */
declare module "email-reply-parser/lib/parser/emailparser.js" {
  export interface Fragment {
    isHidden(): boolean;
    getContent(): string;
  }
  export default class EmailParser {
    parse(text: string): { getFragments(): Fragment[] };
  }
}

declare module "email-reply-parser/lib/regex.js" {
  const rules: { quoteHeadersRegex: RegExp[]; signatureRegex: RegExp[] };
  export default rules;
}
