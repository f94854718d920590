import { domainToASCII } from "node:url";
import { addressParser } from "postal-mime";
import { normalEmail } from "@/domain/address";
import { MAX_PEOPLE } from "@/domain/message";
import { cleanLine } from "@/server/content/text";
import type { MailAddress } from "../inbound";

const MAX_NAME = 100;

/** The usable addresses of a header, groups opened, each once. */
export function addresses(header: string): MailAddress[] {
  const found = new Map<string, MailAddress>();
  for (const mailbox of addressParser(header, { flatten: true })) {
    const address = normalAddress(mailbox.address ?? "");
    if (address === undefined || found.has(address)) continue;
    found.set(address, { address, ...named(mailbox.name, address) });
    if (found.size === MAX_PEOPLE) break;
  }
  return [...found.values()];
}

/** As `normalEmail`, after writing an international domain in its ASCII form (RFC 5891). */
export function normalAddress(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  if (at < 1) return undefined;
  return normalEmail(`${address.slice(0, at)}@${domainToASCII(address.slice(at + 1).trim())}`);
}

function named(given: string, address: string): { name: string } | undefined {
  const name = cleanLine(given, MAX_NAME).replace(/^['"]+|['"]+$/g, "");
  return name === "" || name.toLowerCase() === address ? undefined : { name };
}
