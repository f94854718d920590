import { isSupportedCountry } from "libphonenumber-js/max";
import { z } from "zod";
import { isPhone } from "@/domain/address";
import { isSenderName, isShortCode, type SenderRule } from "./senders";

const target = z
  .string()
  .refine(
    (to) => /^\+\d{1,14}$/.test(to) || (/^[A-Z]{2}$/.test(to) && isSupportedCountry(to)),
    "must be a country, as in GB, or the beginning of a number, as in +44",
  );
const sender = z
  .string()
  .refine(
    (from) => isPhone(from) || isShortCode(from) || isSenderName(from),
    "must be one of `numbers`, a short code, or a name of at most 11 letters and digits",
  );
export const rule = z
  .strictObject({ to: z.array(target).min(1).max(300), from: z.array(sender).min(1).max(1_000).optional(), never: z.literal(true).optional() })
  .refine(({ from, never }) => (from === undefined) !== (never === undefined), "must say either what texts come `from`, or `never`");

/** What the rules of a carrier say about its numbers and about one another. */
export function fits<T extends { readonly numbers: readonly string[]; readonly rules?: readonly SenderRule[] | undefined }>(
  schema: z.ZodType<T>,
): z.ZodType<T> {
  return schema.superRefine(({ numbers, rules = [] }, { addIssue }) => {
    const seen = new Set<string>();
    const wrong = (path: PropertyKey[], message: string) => addIssue({ code: "custom", path: ["rules", ...path], message });
    rules.forEach(({ to, from = [] }, at) => {
      for (const target of to) if (seen.size === seen.add(target).size) wrong([at, "to"], `has ${target} again`);
      for (const one of from) if (isPhone(one) && !numbers.includes(one)) wrong([at, "from"], `has ${one}, which is not among \`numbers\``);
    });
  });
}
