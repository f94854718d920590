import { expect, type Locator, type Page } from "@playwright/test";

/** The inbox as a person finds her way in it: by what is written there. */

/** A conversation in the list, by the beginning of its title. A person's presence is said before it. */
export const row = (page: Page, title: string): Locator =>
  page.locator("[data-thread]").and(page.getByRole("link", { name: new RegExp(`^(?:(?:online|away|offline) )?${title}`) }));

export const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Message", exact: true });

/** The pane of the open conversation. */
export const pane = (page: Page): Locator => page.getByRole("region", { name: "Conversation", exact: true });

/** A message of the open conversation, with what stands above and below its bubble. */
export const message = (page: Page, text: string): Locator =>
  page.getByRole("list", { name: "Message history" }).getByRole("listitem").filter({ hasText: text });

/** The texts of the messages that match, from the top; to compare the order on two screens. */
export const textsOf = (page: Page, pattern: RegExp): Promise<readonly string[]> =>
  page.getByRole("list", { name: "Message history" }).locator("li p").filter({ hasText: pattern }).allTextContents();

/** Opens the conversation of that name from the list. */
export async function open(page: Page, name: string): Promise<void> {
  await row(page, name).first().click();
  await expect(composer(page)).toBeVisible();
  await expect(page.getByRole("list", { name: "Message history" })).toBeVisible();
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** Opens the conversation with these people, by name or address, and begins it if there is none. */
export async function write(page: Page, ...people: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "New message" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New message" });
  await choose(dialog, people);
  await dialog.getByRole("button", { name: people.length > 1 ? "Start a group" : "Write" }).click();
  await expect(dialog).toBeHidden();
  await expect(composer(page)).toBeFocused();
}

/** Chooses people in the field of a dialog, the first that is offered for each name. */
export async function choose(dialog: Locator, people: readonly string[]): Promise<void> {
  for (const name of people) {
    await dialog.getByRole("combobox").fill(name);
    await dialog.getByRole("option", { name }).first().click();
  }
}

/** Chooses from the menu of the open conversation. */
export async function menu(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "What to do with this conversation" }).first().click();
  await page.getByRole("menuitem", { name: item }).click();
}
