import { callAuth } from "./call";

/** `second-step` when the account also asks for a code; the session begins only after that. */
export type SignedIn = "done" | "second-step";

/** `who` is a handle or an e-mail address. */
export async function signIn(who: string, password: string): Promise<SignedIn> {
  const name = who.trim().replace(/^@/, "").toLowerCase();
  const answer = name.includes("@")
    ? await callAuth<{ twoFactorRedirect?: boolean }>("/sign-in/email", { email: name, password })
    : await callAuth<{ twoFactorRedirect?: boolean }>("/sign-in/username", { username: name, password });
  return answer.twoFactorRedirect ? "second-step" : "done";
}

/** A code of the authenticator app, or one of the recovery codes. `trust` spares this device the second step for 30 days. */
export const secondStep = (code: string, kind: "totp" | "recovery", trust: boolean) =>
  callAuth(kind === "totp" ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code", {
    code: kind === "totp" ? code.replace(/\s/g, "") : code.trim(),
    trustDevice: trust,
  });

/** better-auth wants an e-mail address for every account; the server puts `<handle>@<its domain>` in the place of this one. */
export const signUp = (name: string, handle: string, password: string) =>
  callAuth("/sign-up/email", { name: name.trim(), username: handle, email: `${handle}@braid.invalid`, password });

export const isHandleFree = async (handle: string): Promise<boolean> =>
  (await callAuth<{ available: boolean }>("/is-username-available", { username: handle })).available;

export const signOut = () => callAuth("/sign-out", {});

export interface Session {
  readonly id: string;
  readonly token: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ipAddress?: string | null;
  readonly userAgent?: string | null;
}

export interface SignedInAs {
  readonly session: Session;
  readonly user: { readonly id: string; readonly name: string; readonly twoFactorEnabled?: boolean | null };
}

export const whoAmI = () => callAuth<SignedInAs | null>("/get-session");

/** The other sessions end at once when `others` is set, which is what a changed password is mostly for. */
export const changePassword = (currentPassword: string, newPassword: string, others: boolean) =>
  callAuth("/change-password", { currentPassword, newPassword, revokeOtherSessions: others });

export const listSessions = () => callAuth<Session[]>("/list-sessions");
export const revokeSession = (token: string) => callAuth("/revoke-session", { token });
export const revokeOtherSessions = () => callAuth("/revoke-other-sessions", {});

/** The secret as an `otpauth:` URI for the QR code; the second step is on only after the first right code. */
export const beginTotp = (password: string) => callAuth<{ totpURI: string; backupCodes: string[] }>("/two-factor/enable", { password });
export const confirmTotp = (code: string) => callAuth("/two-factor/verify-totp", { code: code.replace(/\s/g, "") });
export const disableTotp = (password: string) => callAuth("/two-factor/disable", { password });
export const newRecoveryCodes = (password: string) => callAuth<{ backupCodes: string[] }>("/two-factor/generate-backup-codes", { password });
