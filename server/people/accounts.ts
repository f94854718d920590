import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { twoFactor, username } from "better-auth/plugins";
import { isHandle, normalEmail } from "@/domain/address";
import type { Clock, Id } from "@/domain/id";
import { hueOf } from "@/domain/person";
import { isReserved } from "@/domain/reserved";
import type { PrismaClient } from "../generated/prisma/client";
import { ensureAdmin } from "./admins";
import { Attempts } from "./attempts";
import { normalName, prefixesOf } from "./names";
import { hashPassword, verifyPassword } from "./passwords";

export interface AuthOptions {
  readonly prisma: PrismaClient;
  /** Signs cookies and encrypts second factors; at least 32 characters. */
  readonly secret: string;
  /** Where browsers find Braid. Passkeys belong to its host name, which cannot be an IP address. */
  readonly baseURL: string;
  readonly trustedOrigins: readonly string[];
  /** The part after the @ of everybody's Braid address. */
  readonly domain: string;
  readonly clock: Clock;
  readonly mintId: () => Id;
  readonly hooks?: AuthHooks;
  readonly limits?: AuthLimits;
}

/** What others have to know of. */
interface AuthHooks {
  /** Signed out, revoked or expired. */
  sessionEnded?(session: EndedSession): void;
  userCreated?(user: { readonly id: Id; readonly handle: string }): Promise<void> | void;
  /** Something of our own broke; the caller was told no more than that. */
  failed?(error: unknown): void;
}

export interface EndedSession {
  readonly sessionId: string;
  readonly userId: Id;
}

/** Requests a minute from one address. */
export interface AuthLimits {
  readonly signIn: number;
  readonly signUp: number;
  readonly other: number;
}

const LIMITS: AuthLimits = { signIn: 10, signUp: 10, other: 300 };
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The header under which the door tells better-auth who is calling; what a caller puts there himself is thrown away. */
export const ADDRESS_HEADER = "x-braid-address";

/** What better-auth offers and Braid does elsewhere, or not at all. */
const DISABLED = ["/update-user", "/change-email", "/delete-user", "/request-password-reset", "/reset-password", "/send-verification-email", "/verify-email"];

/** Accounts, sessions, passkeys and second factors: better-auth, set up. It makes no calls to anybody. */
export function createAuth(options: AuthOptions) {
  const { prisma, secret, baseURL, trustedOrigins, mintId, clock, hooks, limits = LIMITS } = options;
  return betterAuth({
    appName: "Braid",
    secret,
    baseURL,
    basePath: "/api/auth",
    trustedOrigins: [...trustedOrigins],
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message, ...details) => hooks?.failed?.(new Error(message, { cause: details[0] })) },
    onAPIError: { onError: (error) => (isRefusal(error) ? undefined : hooks?.failed?.(error)) },
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
    disabledPaths: DISABLED,
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128, password: { hash: hashPassword, verify: verifyPassword } },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    user: { additionalFields: OWN_FIELDS },
    rateLimit: {
      enabled: true,
      window: MINUTE,
      max: limits.other,
      customStorage: new Attempts(clock),
      customRules: { "/sign-in/*": { window: MINUTE, max: limits.signIn }, "/sign-up/*": { window: MINUTE, max: limits.signUp }, "/get-session": false },
    },
    advanced: {
      cookiePrefix: "braid",
      disableOriginCheck: false,
      disableCSRFCheck: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      database: { generateId: mintId },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    hooks: { before: createAuthMiddleware(async ({ path, body }) => rewritten(options, path, body)) },
    databaseHooks: hooksOf(options),
    plugins: [
      username({
        displayUsername: false,
        schema: { user: { fields: { username: "handle" } } },
        minUsernameLength: 1,
        maxUsernameLength: 30,
        usernameValidator: (text) => isHandle(text.toLowerCase()),
      }),
      passkey({
        rpName: "Braid",
        rpID: new URL(baseURL).hostname,
        origin: [...new Set([baseURL, ...trustedOrigins])],
        // Signing in names no account, so a key that the device does not itself remember could be made and never used.
        authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
      }),
      twoFactor({ issuer: "Braid" }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

const OWN_FIELDS = {
  role: { type: "string", required: false, input: false, defaultValue: "member" },
  hue: { type: "number", required: false, input: false },
  prefixes: { type: "string[]", required: false, input: false, returned: false },
} as const;

/**
 * better-auth wants an e-mail address of everybody: a new account gets the one it has here, whatever it says; and who signs in with an
 * address verified elsewhere is found by it.
 */
async function rewritten({ prisma, domain }: AuthOptions, path: string | undefined, body: unknown) {
  if ((path === "/sign-up/email" || path === "/is-username-available") && isReserved(textOf(body, "username")?.toLowerCase() ?? ""))
    throw new APIError("BAD_REQUEST", { code: "HANDLE_RESERVED", message: "That handle is kept for those who run this Braid." });
  if (path === "/sign-up/email") {
    const handle = textOf(body, "username")?.toLowerCase();
    const name = normalName(textOf(body, "name") ?? "");
    if (handle === undefined || !isHandle(handle)) throw new APIError("BAD_REQUEST", { code: "INVALID_USERNAME", message: "That is not a handle." });
    if (name === undefined) throw new APIError("BAD_REQUEST", { code: "INVALID_NAME", message: "A name has 1 to 300 characters." });
    return { context: { body: { ...(body as object), username: handle, name, email: `${handle}@${domain}` } } };
  }
  if (path === "/sign-in/email") {
    const value = normalEmail(textOf(body, "email") ?? "") ?? "";
    const owner = await prisma.address.findUnique({ where: { value }, select: { user: { select: { email: true } } } });
    if (owner !== null) return { context: { body: { ...(body as object), email: owner.user.email } } };
  }
  return undefined;
}

function hooksOf({ prisma, mintId, hooks }: AuthOptions) {
  return {
    user: {
      create: {
        before: async (user: { name: string; username?: unknown }) => {
          const id = mintId();
          return { data: { ...user, id, image: null, hue: hueOf(id), prefixes: prefixesOf(user.name, String(user.username)) } };
        },
        after: async (user: { id: string; username?: unknown }) => {
          await ensureAdmin(prisma);
          await hooks?.userCreated?.({ id: user.id, handle: String(user.username) });
        },
      },
    },
    session: { delete: { after: async (session: { id: string; userId: string }) => hooks?.sessionEnded?.({ sessionId: session.id, userId: session.userId }) } },
  };
}

const isRefusal = (error: unknown): boolean => error instanceof APIError && error.statusCode < 500;

function textOf(body: unknown, field: string): string | undefined {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[field] : undefined;
  return typeof value === "string" ? value : undefined;
}
