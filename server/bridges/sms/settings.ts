import { readFileSync } from "node:fs";
import { z } from "zod";
import { isPhone } from "@/domain/address";
import { LANGUAGE_IDS, type Language } from "@/domain/sms/national";
import type { Price } from "@/domain/sms/terms";
import type { SenderRule } from "./senders";
import { fits, rule } from "./settings-rules";

import type { SmppSettings } from "./smpp-network";
import type { TwilioSettings } from "./twilio/network";

export type CarrierSettings = SmppSettings | TwilioSettings;

const phone = z.string().refine(isPhone, "must be a number with its country code, as in +12025550100");
const beginning = z.string().regex(/^\+\d{0,14}$/, "must be the beginning of a number, as in +44, or + for all");
/** What every carrier has. */
const common = {
  name: z.string().regex(/^[a-z0-9-]{1,30}$/, "must have small letters, digits and -"),
  numbers: z.array(phone).min(1).max(1_000),
  prices: z.record(beginning, z.number().min(0).max(1_000)).refine((prices) => Object.keys(prices).length > 0, "must name what it carries"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be as USD")
    .default("USD"),
  mostPerText: z.number().positive().max(10_000).optional(),
  rules: z.array(rule).max(250).optional(),
};
const smpp = z.strictObject({
  ...common,
  /** smpp://system_id:password@host:port, or smpps: for TLS. */
  url: z.string().refine(isSmpp, "must be as smpp://name:password@host:2775, or smpps:"),
  systemType: z.string().max(12).optional(),
  binds: z.enum(["transceiver", "pair"]).default("transceiver"),
  window: z.number().int().min(1).max(1_000).optional(),
  perSecond: z.number().int().min(1).max(10_000).optional(),
  /** Whose national tables it takes. */
  languages: z
    .array(z.enum(Object.keys(LANGUAGE_IDS) as Language[], `must be among ${Object.keys(LANGUAGE_IDS).join(", ")}`))
    .max(10)
    .optional(),
});
const twilio = z.strictObject({
  ...common,
  /** https://SID:TOKEN@host, with the path that stands before /2010-04-01, if there is one. */
  url: z.string().refine(isTwilio, "must be as https://SID:TOKEN@api.twilio.com; http: is for this machine only"),
});
const list = z.array(z.looseObject({ name: z.string(), url: z.string() })).max(50);
const MICROS = 1_000_000;

/** The carriers of a settings file. Fails with a sentence for whoever wrote it; passwords are not repeated. */
export function readCarriers(path: string): CarrierSettings[] {
  const carriers = checked(path, list, parsed(path), []);
  if (new Set(carriers.map(({ name }) => name)).size < carriers.length) throw new Error(`${path}: two carriers have the same name.`);
  return carriers.map((carrier, index) =>
    /^https?:/i.test(carrier.url) ? twilioSettings(checked(path, fits(twilio), carrier, [index])) : smppSettings(checked(path, fits(smpp), carrier, [index])),
  );
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} could not be read: ${error instanceof SyntaxError ? "it is not JSON" : (error as Error).message}.`);
  }
}

function checked<T>(path: string, schema: z.ZodType<T>, value: unknown, at: readonly PropertyKey[]): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new Error(`${path}: ${error.issues.map((issue) => `${[...at, ...issue.path].join(".") || "it"} ${issue.message}`).join("; ")}.`);
}

function smppSettings({ name, url, systemType, binds, numbers, window, perSecond, languages, ...more }: z.infer<typeof smpp>): SmppSettings {
  const { protocol, hostname, port, username, password } = new URL(url);
  const account = {
    ...{ host: hostname, port: Number(port || 2775), systemId: decodeURIComponent(username), password: decodeURIComponent(password) },
    ...(systemType !== undefined && { systemType }),
    ...(protocol === "smpps:" && { tls: {} }),
  };
  const pace = { ...(window !== undefined && { window }), ...(perSecond !== undefined && { perSecond }), ...(languages !== undefined && { languages }) };
  return { kind: "smpp", name, account, binds, numbers, ...pace, ...limitsOf(more) };
}

function twilioSettings({ name, url, numbers, ...more }: z.infer<typeof twilio>): TwilioSettings {
  const { origin, pathname, username, password } = new URL(url);
  const account = { base: `${origin}${pathname.replace(/\/+$/, "")}`, sid: decodeURIComponent(username), token: decodeURIComponent(password) };
  return { kind: "twilio", name, account, numbers, ...limitsOf(more) };
}

/** What a carrier asks for, and what it may be used for. */
function limitsOf({ prices, currency, mostPerText, rules }: Pick<z.infer<typeof twilio>, "prices" | "currency" | "mostPerText" | "rules">) {
  return {
    prices: new Map(Object.entries(prices).map(([prefix, price]): [string, Price] => [prefix, { micros: microsOf(price), currency }])),
    ...(mostPerText !== undefined && { most: microsOf(mostPerText) }),
    ...(rules !== undefined && { rules: rules.map(({ to, from, never }): SenderRule => ({ to, ...(from && { from }), ...(never && { never }) })) }),
  };
}

const microsOf = (price: number): number => Math.round(price * MICROS);

function isSmpp(text: string): boolean {
  return URL.canParse(text) && /^smpps?:$/.test(new URL(text).protocol);
}

/** Without TLS the token could be read on its way, and with it everybody could write as us and to us. */
function isTwilio(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isSafe = protocol === "https:" || (protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname));
  return isSafe && username !== "" && password !== "" && search === "" && hash === "";
}
