/** Sentences for the codes of better-auth (1.7) that a person can meet. */
const SENTENCES: Readonly<Record<string, string>> = {
  INVALID_USERNAME_OR_PASSWORD: "That handle and password do not go together.",
  INVALID_EMAIL_OR_PASSWORD: "That address and password do not go together.",
  INVALID_EMAIL: "That does not look like an address.",
  INVALID_PASSWORD: "That is not your password.",
  PASSWORD_TOO_SHORT: "The password needs at least 8 characters.",
  PASSWORD_TOO_LONG: "The password can have at most 128 characters.",
  PASSWORD_COMPROMISED: "That password is in a list of stolen ones. Take another.",
  USERNAME_IS_ALREADY_TAKEN: "That handle is taken.",
  USER_ALREADY_EXISTS: "That handle is taken.",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "That handle is taken.",
  HANDLE_RESERVED: "That handle is kept for those who run this Braid.",
  USERNAME_TOO_SHORT: "That handle is too short.",
  USERNAME_TOO_LONG: "A handle has at most 30 characters.",
  INVALID_USERNAME: "A handle has small letters, digits, dots, dashes and underscores.",
  INVALID_NAME: "A name has 1 to 100 characters.",
  SESSION_EXPIRED: "Your session has ended. Sign in again to go on.",
  SESSION_NOT_FRESH: "It is a while since you signed in. Sign out and in again, then add the passkey.",
  INVALID_CODE: "That code is not right. Codes change every 30 seconds.",
  INVALID_BACKUP_CODE: "That recovery code is not right, or it has been used.",
  INVALID_TWO_FACTOR_COOKIE: "That took too long. Sign in with your password again.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many tries. Sign in with your password again.",
  ACCOUNT_TEMPORARILY_LOCKED: "Too many wrong codes. Wait 15 minutes and try again.",
  TOTP_ALREADY_ENABLED: "The second step is on already.",
  PASSKEY_NOT_FOUND: "Braid does not know that passkey. Sign in another way and add it in Settings.",
  AUTHENTICATION_FAILED: "The passkey was not accepted. Try again, or use your password.",
  PREVIOUSLY_REGISTERED: "This device has a passkey for Braid already.",
  CHALLENGE_NOT_FOUND: "That took too long. Try again.",
};

export function authSentence(code: string | undefined, status: number): string {
  if (status === 429) return "Too many tries. Wait a minute and try again.";
  const known = code === undefined ? undefined : SENTENCES[code];
  if (known !== undefined) return known;
  if (status === 401) return "Please sign in first.";
  if (status === 403) return "You are not allowed to do that.";
  return status >= 500 ? "Something went wrong on our side. Try again in a moment." : "Something in that request is not right.";
}
