import { expect, type Locator, type Page } from "@playwright/test";

/** The phones of the demo's own network, on their page. */

/** The phone of that person, on the page of phones. */
export const phoneOf = (page: Page, { name }: { name: string }): Locator => page.getByRole("region", { name: `Phone of ${name}` });

/** The page of phones, beside the one of who looks. */
export async function phones(inbox: Page): Promise<Page> {
  const page = await inbox.context().newPage();
  await page.goto("/dev/phone");
  await expect(page.getByRole("heading", { name: "Demo phones" })).toBeVisible();
  return page;
}

export async function sayFrom(phone: Locator, text: string): Promise<void> {
  await phone.getByRole("textbox").fill(text);
  await phone.getByRole("textbox").press("Enter");
  await expect(phone.getByRole("textbox")).toHaveValue("");
}
