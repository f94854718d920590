import { Refusal } from "@/app/ui/refusal";
import { callAuth } from "./call";

export interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  /** ISO 8601. */
  readonly createdAt?: string | null;
}

/** Whether this browser can do passkeys without a library (WebAuthn level 3, the JSON forms). */
export const canPasskey = (): boolean => typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Asks the device for a passkey of this site and signs in with it. The device's own dialog says which account. */
export async function signInWithPasskey(): Promise<void> {
  const options = await callAuth<PublicKeyCredentialRequestOptionsJSON>("/passkey/generate-authenticate-options");
  const credential = await asked(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  await callAuth("/passkey/verify-authentication", { response: credential.toJSON() });
}

/** Makes a passkey on this device for the account that is signed in. `name` is how the person will know it again. */
export async function addPasskey(name: string): Promise<void> {
  const options = await callAuth<PublicKeyCredentialCreationOptionsJSON>(`/passkey/generate-register-options?${new URLSearchParams({ name })}`);
  const credential = await asked(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  await callAuth("/passkey/verify-registration", { response: credential.toJSON(), name });
}

export const listPasskeys = () => callAuth<Passkey[]>("/passkey/list-user-passkeys");
export const renamePasskey = (id: string, name: string) => callAuth("/passkey/update-passkey", { id, name });
export const removePasskey = (id: string) => callAuth("/passkey/delete-passkey", { id });

/** Devices answer "no" and "nothing here" with the same error, so the sentence covers both (WebAuthn 3, 14.5.1). */
async function asked(dialog: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await dialog.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "InvalidStateError")
      throw new Refusal("PREVIOUSLY_REGISTERED", "This device has a passkey for Braid already.");
    throw new Refusal("passkey/none", "No passkey was used. You can try again, or sign in with your password.");
  });
  if (!(credential instanceof PublicKeyCredential)) throw new Refusal("passkey/none", "This device gave no passkey.");
  return credential;
}
