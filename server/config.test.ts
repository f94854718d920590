import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { originsAt, readConfig } from "./config";

test("without any setting it is a private demo on this machine", () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    smtpPort: 2525,
    host: "127.0.0.1",
    dataDir: resolve("data"),
    domain: "braid.localhost",
    demo: true,
    url: "http://localhost:3000",
    origins: ["http://localhost:3000", "http://127.0.0.1:3000"],
    logLevel: "info",
    warnings: [],
  });
});

test("every setting can be given; blank is absent", () => {
  const config = readConfig({
    PORT: "80",
    SMTP_PORT: " 25 ",
    HOST: "0.0.0.0",
    BRAID_DATA: "/var/lib/braid",
    BRAID_DOMAIN: "example.org",
    BRAID_DEMO: "0",
    BRAID_COUNTRY: "GB",
    DATABASE_URL: "postgres://me@db/braid",
    SMTP_RELAY_URL: "smtp://relay:587",
    SMS_COPY_PRICE: "0.05",
    BRAID_SECRET: "s".repeat(32),
    BRAID_URL: "https://braid.example.org/",
    BRAID_TRUST_PROXY: "1",
    LOG_LEVEL: "",
  });
  expect(config).toEqual({
    port: 80,
    smtpPort: 25,
    host: "0.0.0.0",
    dataDir: "/var/lib/braid",
    domain: "example.org",
    demo: false,
    country: "GB",
    databaseUrl: "postgres://me@db/braid",
    smtpRelayUrl: "smtp://relay:587",
    copyPrice: 50_000,
    secret: "s".repeat(32),
    publicUrl: "https://braid.example.org",
    url: "https://braid.example.org",
    origins: ["https://braid.example.org"],
    trustedProxies: { hops: 1 },
    logLevel: "info",
    warnings: [],
  });
});

test.each([
  [{ PORT: "abc" }, "PORT must be a whole number from 0 to 65535."],
  [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65535."],
  [{ SMTP_PORT: "-1" }, "SMTP_PORT must be a whole number from 0 to 65535."],
  [{ PORT: "2525" }, "PORT and SMTP_PORT must differ."],
  [{ HOST: "not a host" }, "HOST must be a host name or an IP address."],
  [{ BRAID_DOMAIN: "Example.Org" }, "BRAID_DOMAIN must be a domain in lower-case letters, as in mail.example.org."],
  [{ BRAID_DEMO: "yes" }, "BRAID_DEMO must be 0 or 1."],
  [{ BRAID_COUNTRY: "UK" }, "BRAID_COUNTRY must be a country, as in GB."],
  [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL must be the URL of a PostgreSQL database, as in postgres://user@host/braid."],
  [{ SMS_COPY_PRICE: "cheap" }, "SMS_COPY_PRICE must be an amount, as in 0.1."],
  [{ SMTP_RELAY_URL: "relay" }, "SMTP_RELAY_URL must be the URL of a mail server, as in smtp://user:password@host:587."],
  [{ BRAID_SECRET: "short" }, "BRAID_SECRET must have at least 32 characters."],
  [{ BRAID_URL: "https://x.org/braid" }, "BRAID_URL must be a bare origin, as in https://braid.example.org."],
  [{ BRAID_URL: "https://user@x.org" }, "BRAID_URL must be a bare origin, as in https://braid.example.org."],
  [
    { BRAID_TRUST_PROXY: "10.0.0.0/8 127.0.0.1" },
    "BRAID_TRUST_PROXY must be the number of proxies in front, or their addresses, as in 1 or 10.0.0.0/8,127.0.0.1.",
  ],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent."],
])("%j is refused in words", (env, words) => {
  expect(() => readConfig(env)).toThrow(expect.objectContaining({ name: "ConfigError", message: words }));
});

test("several faults are told at once, and no value is repeated", () => {
  const read = () => readConfig({ PORT: "x", BRAID_SECRET: "hunter2" });
  expect(read).toThrow(/^PORT .*\nBRAID_SECRET .*$/);
  expect(read).not.toThrow(/hunter2/);
});

describe("warnings", () => {
  const warnings = (env: Record<string, string>) => readConfig(env).warnings.join("\n");
  test("a demo that others can reach", () => {
    expect(warnings({ HOST: "0.0.0.0", BRAID_URL: "https://b.org" })).toMatch(/^The demo is on, and others can reach this server/);
    expect(warnings({ BRAID_URL: "https://b.org" })).toMatch(/^The demo is on/);
    expect(warnings({ HOST: "::1" })).toBe("");
  });
  test("an origin without encryption, or none at all", () => {
    expect(warnings({ BRAID_DEMO: "0", BRAID_URL: "http://b.org" })).toMatch(/^BRAID_URL is not https/);
    expect(warnings({ BRAID_DEMO: "0", HOST: "10.0.0.1" })).toMatch(/BRAID_URL is not set/);
  });
  test("a misspelt setting", () => {
    expect(warnings({ BRAID_DMEO: "0" })).toBe("There is no setting BRAID_DMEO; is it misspelt?");
    expect(warnings({ BRAID_CLUSTER: "data/cluster", BRAID_CLUSTER_PORT: "21600" })).toBe("");
  });
});

test("the pages of localhost are trusted only by a server that lives there", () => {
  expect(originsAt(4000).origins).toEqual(["http://localhost:4000", "http://127.0.0.1:4000"]);
  expect(originsAt(4000, "http://braid.localhost:4000").origins).toHaveLength(3);
  expect(originsAt(4000, "https://braid.example.org").origins).toEqual(["https://braid.example.org"]);
});
