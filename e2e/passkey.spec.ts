import type { Page } from "@playwright/test";
import { plugAuthenticator, totp } from "./authenticator";
import { type Braid, startBraid } from "./braid";
import { expect, REFUSED, test } from "./fixtures";

/** One account of an empty Braid; the tests go on from one another. */
test.describe.configure({ mode: "serial" });

const PASSWORD = "seven blue stones";
let braid: Braid;
test.beforeAll(async () => {
  braid = await startBraid({ env: { BRAID_DEMO: "0" } });
  const headers = { "content-type": "application/json", origin: braid.url };
  const grace = { name: "Grace Hill", username: "grace", email: "grace@braid.invalid", password: PASSWORD };
  const answer = await fetch(`${braid.url}/api/auth/sign-up/email`, { method: "POST", headers, body: JSON.stringify(grace) });
  expect(answer.status).toBe(200);
});
test.afterAll(() => braid.stop());

const atSettings = () => ({ of: braid, at: "/sign-in?next=/settings", mayComplain: REFUSED });

async function signIn(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Handle or e-mail address" }).fill("grace");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}
const inSettings = (page: Page) => expect(page.getByRole("heading", { name: "Passkeys" })).toBeVisible();

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/sign-in?next=/settings");
}

test("a passkey is added, named, signs in, and is removed", async ({ enter }) => {
  const page = await enter(undefined, atSettings());
  const device = await plugAuthenticator(page);
  await signIn(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: /^Rename Chrom/ }).click();
  const dialog = page.getByRole("dialog", { name: "Rename this passkey" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("The desk at home");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "The desk at home" })).toContainText("Added");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("This device has a passkey for Braid already.")).toBeVisible();

  await signOut(page);
  const [before = 0] = await device.signatures();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await inSettings(page);
  expect(await device.signatures()).toEqual([before + 1]);
  await page.reload();
  await expect(page.getByText("The desk at home")).toBeVisible();

  await page.getByRole("button", { name: "Remove The desk at home" }).click();
  await page.getByRole("dialog", { name: "Remove this passkey?" }).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The desk at home", { exact: true })).toBeHidden();
  await signOut(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("Braid does not know that passkey.")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/sign-in");
});

test("a key that remembers no account makes no passkey, and nobody signs in without one", async ({ enter }) => {
  const page = await enter(undefined, atSettings());
  await plugAuthenticator(page, { remembers: false });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("No passkey was used.")).toBeVisible();
  await signIn(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("No passkey was used.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Rename/ })).toHaveCount(0);
});

test("the second step: an app's code after the password, or a recovery code, once", async ({ enter }) => {
  const page = await enter(undefined, atSettings());
  await signIn(page);
  await page.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog", { name: "Turn on the second step" });
  await dialog.getByRole("textbox", { name: "Your password" }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const secret = await dialog.locator("code").innerText();
  await dialog.getByRole("textbox", { name: "Code" }).fill(totp(secret, Date.now() - 3_600_000));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText("That code is not right.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Code" }).fill(totp(secret, Date.now()));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes.nth(1)).toBeVisible(); // the texts of a list that is not there yet are none
  const [first = "", second = ""] = await codes.allInnerTexts();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("On", { exact: true })).toBeVisible();

  const answer = async (label: string, code: string) => {
    await page.getByRole("textbox", { name: label, exact: true }).fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
  };
  await signOut(page);
  await signIn(page);
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await answer("Code", totp(secret, Date.now()));
  await inSettings(page);

  await signOut(page);
  await signIn(page);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await answer("Recovery code", first);
  await inSettings(page);

  await signOut(page);
  await signIn(page);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await answer("Recovery code", first);
  await expect(page.getByText("That recovery code is not right, or it has been used.")).toBeVisible();
  await answer("Recovery code", second);
  await inSettings(page);

  await page.getByRole("button", { name: "Turn off" }).click();
  const off = page.getByRole("dialog", { name: "Turn off the second step" });
  await off.getByRole("textbox", { name: "Your password" }).fill(PASSWORD);
  await off.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("The second step is off")).toBeVisible();
  await signOut(page);
  await signIn(page);
  await inSettings(page);
});
