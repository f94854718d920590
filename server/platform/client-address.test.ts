import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { addressReader, callerOf, parseTrustedProxies, type TrustedProxies } from "./client-address";

const PROXY = "10.0.0.1";
const who = (trusted: TrustedProxies | undefined, forwarded: string | undefined, from = PROXY) =>
  addressReader(trusted)({ headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded }, socket: { remoteAddress: from } as Socket });

describe("nobody is trusted unless told", () => {
  test.each([undefined, "192.0.2.9", "192.0.2.9, 10.0.0.2"])("%s", (forwarded) => expect(who(undefined, forwarded)).toBe(PROXY));
  test("and over IPv6 an address is the one it stands for", () => expect(who(undefined, undefined, "::ffff:192.0.2.1")).toBe("192.0.2.1"));
});

describe("a number of proxies", () => {
  test.each([
    [1, "192.0.2.9", "192.0.2.9"],
    [1, "1.1.1.1, 192.0.2.9", "192.0.2.9"],
    [1, "1.1.1.1,2.2.2.2,192.0.2.9:4711", "192.0.2.9"],
    [2, "1.1.1.1, 192.0.2.9, 10.0.0.2", "192.0.2.9"],
    [2, "192.0.2.9", "192.0.2.9"],
    [1, "[2001:DB8::1]:443", "2001:db8::1"],
    [1, "2001:db8::1", "2001:db8::1"],
    [1, "::ffff:192.0.2.9", "192.0.2.9"],
    [1, undefined, PROXY],
    [1, "", PROXY],
    [1, "192.0.2.9, unknown", PROXY],
    [1, "192.0.2.9,", PROXY],
    [2, "unknown, 10.0.0.2", "10.0.0.2"],
    [1, "192.0.2.9, 1.2.3.4'; --", PROXY],
  ])("%d: %s is %s", (hops, forwarded, expected) => expect(who({ hops }, forwarded)).toBe(expected));

  test("a caller who writes a chain of thousands is still the one the proxy saw", () =>
    expect(who({ hops: 1 }, `${"1.1.1.1,".repeat(1_500)}192.0.2.9`)).toBe("192.0.2.9"));
});

describe("proxies by their addresses", () => {
  const trusted = { ranges: ["10.0.0.0/8", "127.0.0.1", "fd00::/8"] };
  test.each([
    ["192.0.2.9", PROXY, "192.0.2.9"],
    ["1.1.1.1, 192.0.2.9", PROXY, "192.0.2.9"],
    ["1.1.1.1, 192.0.2.9, 10.3.0.7", PROXY, "192.0.2.9"],
    ["192.0.2.9", "::ffff:127.0.0.1", "192.0.2.9"],
    ["192.0.2.9", "fd00::5", "192.0.2.9"],
    ["10.0.0.3, 10.0.0.2", PROXY, "10.0.0.3"],
    ["192.0.2.9", "203.0.113.5", "203.0.113.5"],
    ["127.0.0.1", "203.0.113.5", "203.0.113.5"],
    ["127.0.0.1, 203.0.113.5", PROXY, "203.0.113.5"],
  ])("%s from %s is %s", (forwarded, from, expected) => expect(who(trusted, forwarded, from)).toBe(expected));
});

test("a range of IPv4 addresses within IPv6 is the range of those", () => {
  const trusted = parseTrustedProxies("::ffff:10.0.0.0/104") as TrustedProxies;
  for (const from of [PROXY, "::ffff:10.3.0.7", "::ffff:a03:7"]) expect(who(trusted, "192.0.2.9", from)).toBe("192.0.2.9");
  expect(who(trusted, "192.0.2.9", "11.0.0.1")).toBe("11.0.0.1");
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::2:3:4:5", "2001:db8:0:0::/64"],
  ["2001:0DB8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["", ""],
  [undefined, ""],
])("the caller %s is counted as %s", (address, expected) => expect(callerOf(address)).toBe(expected));

test.each([
  ["1", { hops: 1 }],
  ["0", { hops: 0 }],
  ["10.0.0.0/8, ::1", { ranges: ["10.0.0.0/8", "::1"] }],
  ["::ffff:10.0.0.0/104, ::ffff:192.0.2.1", { ranges: ["10.0.0.0/8", "192.0.2.1"] }],
  ["::FFFF:a00:0/104,::ffff:0:0/96", { ranges: ["10.0.0.0/8", "0.0.0.0/0"] }],
  ["2001:DB8:0:0::/32", { ranges: ["2001:db8::/32"] }],
  ["::ffff:10.0.0.0/95", undefined],
  ["::ffff:10.0.0.0/129", undefined],
  ["[::1]:80", undefined],
  ["21", undefined],
  ["yes", undefined],
  ["10.0.0.0/33", undefined],
  ["10.0.0.0/8,", undefined],
  ["1.2.3", undefined],
  ["-1", undefined],
])("the setting %s is read as %j", (text, expected) => expect(parseTrustedProxies(text)).toEqual(expected));
