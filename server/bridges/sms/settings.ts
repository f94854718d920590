import { readFileSync } from "node:fs";
import { z } from "zod";
import { isPhone } from "@/domain/address";
import type { SmppSettings } from "./smpp-network";

const phone = z.string().refine(isPhone, "must be a number with its country code, as in +12025550100");
const beginning = z.string().regex(/^\+\d{0,14}$/, "must be the beginning of a number, as in +44, or + for all");

const carrier = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,30}$/, "must have small letters, digits and -"),
  /** smpp://system_id:password@host:port, or smpps: for TLS. */
  url: z.string().refine((text) => URL.canParse(text) && /^smpps?:$/.test(new URL(text).protocol), "must be as smpp://name:password@host:2775, or smpps:"),
  systemType: z.string().max(12).optional(),
  binds: z.enum(["transceiver", "pair"]).default("transceiver"),
  numbers: z.array(phone).min(1).max(1_000),
  prices: z.record(beginning, z.number().min(0).max(1_000)).refine((prices) => Object.keys(prices).length > 0, "must name what it carries"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be as USD")
    .default("USD"),
  window: z.number().int().min(1).max(1_000).optional(),
  perSecond: z.number().int().min(1).max(10_000).optional(),
});
const file = z.array(carrier).max(50);
const MICROS = 1_000_000;

/** The carriers of a settings file. Fails with a sentence for whoever wrote it; passwords are not repeated. */
export function readCarriers(path: string): SmppSettings[] {
  const { success, data, error } = file.safeParse(parsed(path));
  if (!success) throw new Error(`${path}: ${error.issues.map(({ path: at, message }) => `${at.join(".") || "it"} ${message}`).join("; ")}.`);
  return data.map(settingsOf);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} could not be read: ${(error as Error).message}.`);
  }
}

function settingsOf({ name, url, systemType, binds, numbers, prices, currency, window, perSecond }: z.infer<typeof carrier>): SmppSettings {
  const { protocol, hostname, port, username, password } = new URL(url);
  const account = {
    ...{ host: hostname, port: Number(port || 2775), systemId: decodeURIComponent(username), password: decodeURIComponent(password) },
    ...(systemType !== undefined && { systemType }),
    ...(protocol === "smpps:" && { tls: {} }),
  };
  const micros = Object.entries(prices).map(([prefix, price]) => [prefix, { micros: Math.round(price * MICROS), currency }] as const);
  return { name, account, binds, numbers, prices: new Map(micros), ...(window !== undefined && { window }), ...(perSecond !== undefined && { perSecond }) };
}
