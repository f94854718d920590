import type { IncomingMessage } from "node:http";
import { BlockList, isIP, SocketAddress } from "node:net";

/** The proxies whose word on who calls is taken: how many stand in front of us, or where they are. */
export type TrustedProxies = { readonly hops: number } | { readonly ranges: readonly string[] };

export type AddressOf = (request: Pick<IncomingMessage, "headers" | "socket">) => string | undefined;

/** Addresses of X-Forwarded-For that are looked at, from the last: no honest chain is longer. */
const CHAIN = 20;
const RANGE = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i;

/** A number of proxies, or addresses and ranges (CIDR) divided by commas; undefined when it is neither. */
export function parseTrustedProxies(text: string): TrustedProxies | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text) <= CHAIN ? { hops: Number(text) } : undefined;
  const ranges = text.split(",").map((range) => normalRange(range.trim()));
  return ranges.every((range) => range !== undefined) ? { ranges } : undefined;
}

/**
 * Who calls, for limits and for the list of sessions. Each proxy writes the address it was called from at the end of X-Forwarded-For, so only
 * what our own proxies wrote can be believed: the chain is read from its end, and what the caller put before that is never reached.
 */
export function addressReader(trusted: TrustedProxies = { hops: 0 }): AddressOf {
  const isProxy = proxyTest(trusted);
  return ({ headers, socket }) => {
    let address = normalAddress(socket.remoteAddress ?? "");
    const claimed = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",").slice(-CHAIN).reverse();
    for (const [hop, claim] of claimed.entries()) {
      const before = normalAddress(claim);
      if (address === undefined || before === undefined || !isProxy(address, hop)) break;
      address = before;
    }
    return address ?? socket.remoteAddress;
  };
}

/**
 * Under which name a caller is counted for limits. Whoever has one IPv6 address has a whole /64 of them (RFC 6177 gives a site no less), so
 * those are one caller.
 */
export function callerOf(address: string | undefined): string {
  const normal = normalAddress(address ?? "");
  if (normal === undefined || isIP(normal) === 4) return normal ?? "";
  const [head = "", tail = ""] = normal.split("::", 2);
  const [first, last] = [head, tail].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const groups = [...first, ...new Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function proxyTest(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if ("hops" in trusted) return (_address, hop) => hop < trusted.hops;
  const list = new BlockList();
  for (const range of trusted.ranges) {
    const [, address = "", bits] = RANGE.exec(range) ?? [];
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => list.check(address, familyOf(address));
}

/** As callers are written: addresses of IPv4 within IPv6 as IPv4. Undefined when it is no range, or one of IPv4 and of more than that. */
function normalRange(text: string): string | undefined {
  const [, written = "", bits] = RANGE.exec(text) ?? [];
  const address = normalAddress(written);
  if (address === undefined || (bits !== undefined && Number(bits) > widthOf(written))) return undefined;
  if (bits === undefined) return address;
  const own = Number(bits) - widthOf(written) + widthOf(address);
  return own < 0 ? undefined : `${address}/${own}`;
}

/** Without port, brackets and zone; an IPv4 address that came over IPv6 as IPv4. Undefined when it is no address. */
function normalAddress(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const address = bare.split("%", 1)[0] as string;
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : undefined;
  return new SocketAddress({ address, family: "ipv6" }).address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
}

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
const widthOf = (address: string) => (isIP(address) === 6 ? 128 : 32);
