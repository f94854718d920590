import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readCarriers } from "./settings";

const dir = mkdtempSync(join(tmpdir(), "braid-carriers-"));
const file = join(dir, "carriers.json");
afterEach(() => rmSync(file, { force: true }));

const NUMBERS = ["+12025550101"];
const read = (...carriers: object[]) => {
  writeFileSync(file, JSON.stringify(carriers.map((carrier) => ({ name: "one", numbers: NUMBERS, prices: { "+": 0.01 }, ...carrier }))));
  return readCarriers(file);
};
const wrong = (...carriers: object[]): string => {
  try {
    read(...carriers);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was taken.");
};

test("carriers of both kinds, told apart by their URL", () => {
  const [smpp, twilio, clone] = read(
    { url: "smpps://braid:s%40fe@smsc.example.net", window: 5, languages: ["turkish"] },
    { name: "twilio", url: "https://AC12:to%2Fken@api.twilio.com", currency: "EUR", prices: { "+1": 0.0079, "+44": 0.04 } },
    { name: "clone", url: "https://P1:t@space.example.com/api/laml/" },
  );
  expect(smpp).toMatchObject({
    kind: "smpp",
    account: { host: "smsc.example.net", port: 2775, systemId: "braid", password: "s@fe", tls: {} },
    window: 5,
    languages: ["turkish"],
  });
  expect(twilio).toEqual({
    ...{ kind: "twilio", name: "twilio", numbers: NUMBERS, account: { base: "https://api.twilio.com", sid: "AC12", token: "to/ken" } },
    prices: new Map([
      ["+1", { micros: 7_900, currency: "EUR" }],
      ["+44", { micros: 40_000, currency: "EUR" }],
    ]),
  });
  expect(clone).toMatchObject({ account: { base: "https://space.example.com/api/laml" } });
  expect(read({ url: "http://AC12:t@127.0.0.1:4010" })).toMatchObject([{ account: { base: "http://127.0.0.1:4010" } }]);
});

test("rules of a carrier: what texts come from in some countries, where none go, and what one may cost", () => {
  const rules = [
    { to: ["US", "CA"], from: ["74000", "+12025550101"] },
    { to: ["SA", "+971"], from: ["Braid Inc"] },
    { to: ["+7840"], never: true },
  ];
  expect(read({ url: "https://AC12:t@api.twilio.com", rules, mostPerText: 0.5 })).toMatchObject([{ rules, most: 500_000 }]);
  expect(read({ url: "smpp://braid:sesame@example.net", rules })).toMatchObject([{ rules }]);
});

test.each([
  [{ to: ["UK"], never: true }, /0\.rules\.0\.to\.0 must be a country, as in GB/],
  [{ to: ["gb"], never: true }, /must be a country/],
  [{ to: [], never: true }, /0\.rules\.0\.to /],
  [{ to: ["GB"] }, /0\.rules\.0 must say either/],
  [{ to: ["GB"], from: ["74000"], never: true }, /must say either/],
  [{ to: ["GB"], from: ["+447700900123"] }, /0\.rules\.0\.from has \+447700900123, which is not among `numbers`/],
  [{ to: ["GB"], from: ["A name that is long"] }, /0\.rules\.0\.from\.0 must be one of `numbers`, a short code/],
  [{ to: ["GB"], from: ["12"] }, /must be one of `numbers`/],
  [{ to: ["GB", "GB"], from: ["74000"] }, /0\.rules\.0\.to has GB again/],
])("a rule that cannot be: %j", (rule, words) => expect(wrong({ url: "https://AC12:sesame@api.twilio.com", rules: [rule] })).toMatch(words));

test.each([
  [{ url: "http://AC12:sesame@api.example.com" }, /0\.url must be as https/],
  [{ url: "https://api.twilio.com" }, /0\.url must be as https/],
  [{ url: "https://AC12:sesame@api.twilio.com?x=1" }, /0\.url must be as https/],
  [{ url: "https://AC12:sesame@api.twilio.com", window: 5 }, /Unrecognized key/],
  [{ url: "smpp://braid:sesame@example.net", languages: ["klingon"] }, /0\.languages\.0 must be among turkish, spanish, portuguese/],
  [{ url: "ftp://braid:sesame@example.net" }, /0\.url must be as smpp/],
  [{ url: "smpp://braid:sesame@example.net", numbers: ["0151"] }, /0\.numbers\.0 must be a number/],
])("a mistake is said without the password: %j", (carrier, words) => {
  expect(wrong(carrier)).toMatch(words);
  expect(wrong(carrier)).not.toContain("sesame");
});

test("two carriers of one name, and a file that is none", () => {
  const url = "smpp://braid:sesame@example.net";
  expect(wrong({ url }, { url })).toMatch(/same name/);
  writeFileSync(file, '[{"url": "smpp://braid:sesame@example.net",, }]');
  expect(() => readCarriers(file)).toThrow(/it is not JSON/);
  expect(() => readCarriers(join(dir, "nowhere.json"))).toThrow(/could not be read/);
});
