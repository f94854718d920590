import { createHmac } from "node:crypto";
import type { CDPSession, Page } from "@playwright/test";

/** An authenticator of the page's device, as Chromium pretends one (WebAuthn 3, 11): its owner is there and says yes to everything. */
export async function plugAuthenticator(page: Page, { remembers = true } = {}): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: remembers ? "internal" : "usb",
      hasResidentKey: remembers,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return new Authenticator(cdp, authenticatorId);
}

export class Authenticator {
  constructor(
    private readonly cdp: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** How often each of its keys has signed. */
  async signatures(): Promise<readonly number[]> {
    const { credentials } = await this.cdp.send("WebAuthn.getCredentials", { authenticatorId: this.authenticatorId });
    return credentials.map(({ signCount }) => signCount);
  }

  unplug(): Promise<unknown> {
    return this.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.authenticatorId });
  }
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PERIOD = 30_000;

/** The six digits that an authenticator app shows for a secret in base32 (RFC 6238 with SHA-1 and 30 seconds). */
export function totp(secret: string, at: number): string {
  const bits = [...secret.replace(/[\s=]/g, "")].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / PERIOD)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf; // RFC 4226 5.3
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
