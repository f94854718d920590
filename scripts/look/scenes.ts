import type { Page } from "@playwright/test";
import { choose, composer, message, open, row } from "../../e2e/inbox";
import type { Wire } from "../../e2e/wire";

export interface Scene {
  readonly name: string;
  /** A demo person; nobody when absent. */
  readonly who?: string;
  /** The address it begins at, the inbox when absent. */
  readonly at?: string;
  /** In the Braid that has a mail server. */
  readonly relayed?: boolean;
  /** The whole page, however long. */
  readonly whole?: boolean;
  /** Its picture is the README's. */
  readonly readme?: boolean;
  /** What a person does until the screen is there to be seen. */
  readonly go?: (on: { readonly page: Page; readonly wire: Wire; readonly phone: boolean }) => Promise<unknown>;
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first();

const BEFORE: readonly Scene[] = [
  { name: "sign-in", at: "/sign-in", whole: true, go: ({ page }) => page.getByRole("button", { name: /@zoe/ }).waitFor() },
  {
    name: "sign-up",
    at: "/sign-up",
    async go({ page }) {
      await page.getByRole("textbox", { name: "Name" }).fill("Grace Hill");
      await page.getByRole("textbox", { name: "Password" }).fill("stones");
      await page.getByText("It is free.").waitFor();
    },
  },
];

const INBOX: readonly Scene[] = [
  { name: "inbox", who: "ann", go: ({ page }) => row(page, "Nora Field").waitFor() },
  {
    name: "thread",
    who: "ann",
    readme: true,
    async go({ page }) {
      await open(page, "Ben Brook");
      await message(page, "From the station at 5:42").waitFor();
      await page.mouse.move(700, 20);
    },
  },
  { name: "thread-right-to-left", who: "layla", go: ({ page }) => open(page, "Ann Archer") },
  { name: "thread-long-name", who: "ann", go: ({ page }) => open(page, "Maximiliana") },
  { name: "empty-folder", who: "ann", at: "/f/spam", go: ({ page }) => page.getByText("No spam.").waitFor() },
  { name: "empty-inbox", who: "zoe", go: ({ page }) => page.getByText("No conversations yet.").waitFor() },
  { name: "other", who: "ann", at: "/f/other", go: ({ page }) => row(page, "Tea Shop").waitFor() },
  { name: "nothing-there", who: "ann", at: "/t/00000000000000000000000000", go: ({ page }) => page.getByText("does not exist").waitFor() },
];

const COMPOSER: readonly Scene[] = [
  {
    name: "composer-draft",
    who: "dev",
    async go({ page }) {
      await open(page, "Ann Archer");
      await composer(page).fill("I can bring:\n- the drone\n- two ropes\n- far too much coffee");
    },
  },
  { name: "composer-outside-warning", who: "ann", go: ({ page }) => open(page, "(?:Ben|Dev|rosa)[^ ]*,") },
  { name: "composer-failed", who: "ann", relayed: true, go: ({ page }) => open(page, "nobody@uplandhut.example") },
];

const PHONES: readonly Scene[] = [
  {
    name: "sms-thread",
    who: "ann",
    async go({ page }) {
      await button(page, "New message").click();
      await page.getByRole("combobox").last().fill("+1 (202) 555-0143");
      await page.getByRole("option", { name: /Send SMS to/ }).click();
      await page.getByRole("button", { name: "Write", exact: true }).click();
      await composer(page).fill("Is the hut open on Saturday? ☀️");
      await composer(page).press("Enter");
      await page.getByText("Delivered to the phone").last().waitFor();
      await composer(page).fill("We would be four, and one of us eats no meat. Ё");
      await page.getByText("Unicode because of").waitFor();
    },
  },
  { name: "phones", who: "ann", at: "/dev/phone", go: ({ page }) => page.getByText("Is the hut open").first().waitFor() },
];

const BESIDE: readonly Scene[] = [
  {
    name: "group-details",
    who: "ann",
    async go({ page }) {
      await open(page, "Hut weekend");
      await button(page, "Details").click();
      await page.getByRole("complementary", { name: "Details" }).getByText("4 people").waitFor();
    },
  },
  {
    name: "message-details",
    who: "ann",
    async go({ page }) {
      await open(page, "Nora Field");
      await message(page, "See you on Saturday.").hover();
      await message(page, "See you on Saturday.").getByRole("button", { name: "What to do with this message" }).click();
      await page.getByRole("menuitem", { name: "Details" }).click();
      await page.getByText("What became of it").waitFor();
    },
  },
  {
    name: "original",
    who: "ann",
    at: "/f/other",
    async go({ page }) {
      await open(page, "Tea Shop");
      await button(page, "Show original").click();
      await page.getByRole("dialog").locator("iframe").contentFrame().getByText("First flush").waitFor();
    },
  },
];

const OVER: readonly Scene[] = [
  {
    name: "new-message",
    who: "ann",
    async go({ page }) {
      await button(page, "New message").click();
      await choose(page.getByRole("dialog"), ["Ben Brook"]);
      await page.getByRole("combobox", { name: "To" }).fill("a");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "palette",
    who: "ann",
    async go({ page }) {
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("People, conversations, commands").fill("be");
      await page.getByRole("option", { name: "Ben Brook" }).first().waitFor();
    },
  },
  { name: "keys", who: "ann", go: ({ page }) => page.keyboard.press("?").then(() => heading(page, "Keys")) },
  {
    name: "undo",
    who: "chiara",
    async go({ page }) {
      await row(page, "Hut weekend").focus();
      await page.keyboard.press("m");
      await button(page, "Undo").waitFor();
    },
  },
];

const TROUBLE: readonly Scene[] = [
  {
    name: "offline",
    who: "sakura",
    async go({ page, wire }) {
      await open(page, "Ann Archer");
      await message(page, "駅前の喫茶店").waitFor();
      await wire.cut();
      await composer(page).fill("電車の中です");
      await button(page, "Send").click();
      await page.getByText("Offline since").waitFor();
      await message(page, "電車の中です").getByText("Goes when you are back online").waitFor();
    },
  },
  {
    name: "error",
    who: "ann",
    async go({ page, wire, phone }) {
      await open(page, "Nora Field");
      await wire.cut();
      await page.getByText("Offline since").waitFor();
      if (phone) await button(page, "Back").click();
      await row(page, "Dev Patel").click();
      await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
    },
  },
];

const PAGES: readonly Scene[] = [
  { name: "settings", who: "ann", at: "/settings", whole: true, go: ({ page }) => page.getByText("This device").waitFor() },
  { name: "admin", who: "ann", at: "/admin", whole: true, go: ({ page }) => page.getByRole("img", { name: /./ }).last().locator("svg").waitFor() },
  { name: "no-permission", who: "ben", at: "/admin", go: ({ page }) => page.getByText("Only admins").waitFor() },
  {
    name: "outside-mail",
    who: "ann",
    at: "/dev/mail",
    go: ({ page }) =>
      page
        .getByRole("link", { name: /nora.field/ })
        .first()
        .waitFor(),
  },
  {
    name: "outside-mail-open",
    who: "ann",
    at: "/dev/mail",
    async go({ page }) {
      await page
        .getByRole("link", { name: /nora.field/ })
        .first()
        .click();
      await page.getByRole("article").waitFor();
    },
  },
  {
    name: "outside-mail-write",
    who: "ann",
    at: "/dev/mail",
    async go({ page }) {
      await button(page, "Write from outside").click();
      await page.getByRole("textbox", { name: "Text" }).waitFor();
    },
  },
];

/** What a first visit sees and what a long day meets, in the order of the contact sheet. */
export const SCENES: readonly Scene[] = [...BEFORE, ...INBOX, ...COMPOSER, ...PHONES, ...BESIDE, ...OVER, ...TROUBLE, ...PAGES];
