import { resolve } from "node:path";
import { z } from "zod";
import { isCountry } from "./people/numbers";
import { parseTrustedProxies, type TrustedProxies } from "./platform/client-address";

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly smtpPort: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** The part after the @ of everybody's Braid address. */
  readonly domain: string;
  readonly demo: boolean;
  /** Where numbers without a country code are dialled (ISO 3166-1 alpha-2). */
  readonly country?: string;
  /** `hbase://host:port,host:port`: where messages are kept. Without one, in the data directory. */
  readonly storeUrl?: string;
  /** Without one, PGlite in the data directory. */
  readonly databaseUrl?: string;
  /** Without one, outgoing mail stays on the capture page. */
  readonly smtpRelayUrl?: string;
  /** A file of carriers for text messages. Without one there are none, or the demo's own. */
  readonly carriersFile?: string;
  /** The most a segment of a text to somebody who is away may cost, millionths of the carrier's currency; as usual when absent. */
  readonly copyPrice?: number;
  /** Without one, `keptSecret` makes one in the data directory. */
  readonly secret?: string;
  /** Origin under which browsers reach us, if it was given. */
  readonly publicUrl?: string;
  /** The same, or how this machine reaches us. Never ends in a slash. */
  readonly url: string;
  /** Origins whose pages may call the API with a cookie. */
  readonly origins: readonly string[];
  /** Proxies whose X-Forwarded-For is believed. Without any, who calls is the other end of the connection. */
  readonly trustedProxies?: TrustedProxies;
  readonly logLevel: LogLevel;
  /** Sentences for whoever starts the server: it works, but they should know. */
  readonly warnings: readonly string[];
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** What is wrong with the environment, one line a variable. Values are not repeated: some are secrets. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const PORT = "must be a whole number from 0 to 65535";
const port = z
  .string()
  .regex(/^\d{1,5}$/, PORT)
  .transform(Number)
  .refine((number) => number <= 65_535, PORT);
const flag = z.enum(["0", "1"], "must be 0 or 1").transform((value) => value === "1");
const urlOf = (schemes: readonly string[], what: string) => z.string().refine((text) => hasScheme(text, schemes), `must be ${what}`);

const schema = z.object({
  PORT: port.default(3000),
  SMTP_PORT: port.default(2525),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "must be a host name or an IP address")
    .default("127.0.0.1"),
  BRAID_DATA: z.string().default("data"),
  BRAID_STORE: z
    .string()
    .regex(/^hbase:\/\/[^\s/?#]+:\d+(\/[^\s?#]*)?(\?[^\s#]*)?$/, "must be the address of an HBase cluster, as in hbase://host:16000,host:16020/hbase")
    .optional(),
  BRAID_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/, "must be a domain in lower-case letters, as in mail.example.org")
    .default("braid.localhost"),
  BRAID_DEMO: flag.default(true),
  BRAID_COUNTRY: z.string().refine(isCountry, "must be a country, as in GB").optional(),
  DATABASE_URL: urlOf(["postgres:", "postgresql:"], "the URL of a PostgreSQL database, as in postgres://user@host/braid").optional(),
  SMTP_RELAY_URL: urlOf(["smtp:", "smtps:"], "the URL of a mail server, as in smtp://user:password@host:587").optional(),
  SMS_CARRIERS: z.string().optional(),
  SMS_COPY_PRICE: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,6})?$/, "must be an amount, as in 0.1")
    .transform((text) => Math.round(Number(text) * 1_000_000))
    .optional(),
  BRAID_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  BRAID_URL: z
    .string()
    .refine(isOrigin, "must be a bare origin, as in https://braid.example.org")
    .transform((text) => new URL(text).origin)
    .optional(),
  BRAID_TRUST_PROXY: z
    .string()
    .transform(parseTrustedProxies)
    .refine((trusted) => trusted !== undefined, "must be the number of proxies in front, or their addresses, as in 1 or 10.0.0.0/8,127.0.0.1")
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});
type Variables = z.infer<typeof schema>;

/** The one place that reads the environment. An empty variable counts as absent. Fails with ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));
  const { success, data, error } = schema.safeParse(given);
  if (!success) throw new ConfigError(error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`).join("\n"));
  if (data.PORT === data.SMTP_PORT && data.PORT !== 0) throw new ConfigError("PORT and SMTP_PORT must differ.");
  return {
    port: data.PORT,
    smtpPort: data.SMTP_PORT,
    host: data.HOST,
    dataDir: resolve(data.BRAID_DATA),
    domain: data.BRAID_DOMAIN,
    demo: data.BRAID_DEMO,
    ...(data.BRAID_COUNTRY !== undefined && { country: data.BRAID_COUNTRY }),
    ...(data.BRAID_STORE !== undefined && { storeUrl: data.BRAID_STORE }),
    ...(data.DATABASE_URL !== undefined && { databaseUrl: data.DATABASE_URL }),
    ...(data.SMTP_RELAY_URL !== undefined && { smtpRelayUrl: data.SMTP_RELAY_URL }),
    ...(data.SMS_CARRIERS !== undefined && { carriersFile: resolve(data.SMS_CARRIERS) }),
    ...(data.SMS_COPY_PRICE !== undefined && { copyPrice: data.SMS_COPY_PRICE }),
    ...(data.BRAID_SECRET !== undefined && { secret: data.BRAID_SECRET }),
    ...(data.BRAID_URL !== undefined && { publicUrl: data.BRAID_URL }),
    ...originsAt(data.PORT, data.BRAID_URL),
    ...(data.BRAID_TRUST_PROXY !== undefined && { trustedProxies: data.BRAID_TRUST_PROXY }),
    logLevel: data.LOG_LEVEL,
    warnings: [...warningsOf(data), ...unknown(given)],
  };
}

/**
 * Where browsers reach a server on this port. Pages of localhost are trusted only when we live there ourselves: on a visitor's machine
 * anything may be listening at that port.
 */
export function originsAt(port: number, publicUrl?: string): { readonly url: string; readonly origins: readonly string[] } {
  const here = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const url = publicUrl ?? (here[0] as string);
  return { url, origins: isLoopback(new URL(url).hostname) ? [...new Set([url, ...here])] : [url] };
}

function warningsOf({ HOST, BRAID_URL, BRAID_DEMO }: Variables): string[] {
  const warnings: string[] = [];
  const origin = BRAID_URL === undefined ? undefined : new URL(BRAID_URL);
  const isPublic = !isLoopback(HOST) || (origin !== undefined && !isLoopback(origin.hostname));
  if (isPublic && BRAID_DEMO)
    warnings.push("The demo is on, and others can reach this server: the passwords of the demo people, one of them an admin, are public. Set BRAID_DEMO=0.");
  if (origin?.protocol === "http:" && !isLoopback(origin.hostname)) warnings.push("BRAID_URL is not https: passwords and messages can be read on their way.");
  if (isPublic && origin === undefined) warnings.push("Others can reach this server, but BRAID_URL is not set: their browsers will not be able to sign in.");
  return warnings;
}

/** BRAID_CLUSTER and its like are for `npm run cluster`, which may be started from the same shell. */
const unknown = (given: Record<string, string>): string[] =>
  Object.keys(given).flatMap((name) =>
    /^BRAID_(?!CLUSTER(_|$))/.test(name) && !(name in schema.shape) ? [`There is no setting ${name}; is it misspelt?`] : [],
  );

const isLoopback = (host: string): boolean => host === "localhost" || host.endsWith(".localhost") || host === "::1" || host === "[::1]" || /^127\./.test(host);

function hasScheme(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

function isOrigin(text: string): boolean {
  if (!hasScheme(text, ["http:", "https:"])) return false;
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
}
