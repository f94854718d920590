import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, SANDBOX, test } from "./fixtures";
import { composer, message, open, row } from "./inbox";

/** WCAG 2.2 at level AA, with everything it builds on. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** In both themes; of the second one only the colours are looked at, since nothing else differs. */
async function expectNoViolations(page: Page, screen: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await violationsOf(new AxeBuilder({ page }).withTags(TAGS)), `${screen}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fading.map(({ finished }) => finished));
  });
  expect(await violationsOf(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"])), `${screen}, dark`).toEqual([]);
}

async function violationsOf(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}

test("before signing in", async ({ enter }) => {
  const page = await enter(undefined, { at: "/sign-in" });
  await expect(page.getByRole("button", { name: /@zoe/ })).toBeVisible();
  await expectNoViolations(page, "sign-in");
  await page.goto("/sign-up");
  await expect(page.getByRole("button", { name: "Create account" })).toBeVisible();
  await expectNoViolations(page, "sign-up");
});

test("inbox, conversation, details", async ({ enter }) => {
  const ann = await enter("ann");
  await expect(row(ann, "Ben Brook")).toBeVisible();
  await expectNoViolations(ann, "inbox");
  await open(ann, "Ben Brook");
  await expect(message(ann, "From the station at 5:42")).toBeVisible();
  await expectNoViolations(ann, "conversation");
  await ann.getByRole("button", { name: "Details", exact: true }).click();
  await expect(ann.getByRole("complementary", { name: "Details" })).toContainText("2 people");
  await expectNoViolations(ann, "details");
});

test("palette, new message, the original of a mail", async ({ enter }) => {
  const ann = await enter("ann", { mayComplain: SANDBOX });
  await open(ann, "Ben Brook");
  await ann.keyboard.press("Control+k");
  await expect(ann.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await expectNoViolations(ann, "palette");
  await ann.keyboard.press("Escape");
  await ann.getByRole("button", { name: "New message" }).first().click();
  await ann.getByRole("combobox", { name: "To" }).fill("a");
  await expect(ann.getByRole("option").first()).toBeVisible();
  await expectNoViolations(ann, "new message");
  await ann.keyboard.press("Escape");
  await message(ann, "From the station at 5:42").getByRole("button", { name: "Show original" }).click();
  await expect(ann.getByRole("dialog").locator("iframe")).toBeVisible();
  await ann.getByRole("tab", { name: "Text" }).click();
  await expectNoViolations(ann, "original of a mail");
});

test("settings, admin, outside mail", async ({ enter }) => {
  const ann = await enter("ann", { at: "/settings" });
  await expect(ann.getByText("ann@example.org")).toBeVisible();
  await expectNoViolations(ann, "settings");
  await ann.goto("/admin");
  await expect(ann.getByText("Message store")).toBeVisible();
  await expectNoViolations(ann, "admin");
  await ann.goto("/dev/mail");
  await ann.getByRole("button", { name: "Write from outside" }).click();
  await expect(ann.getByRole("textbox", { name: "Text" })).toBeVisible();
  await expectNoViolations(ann, "outside mail");
});

test("outside phones", async ({ enter }) => {
  const ann = await enter("ann", { at: "/dev/phone" });
  const phone = ann.getByRole("region", { name: "Phone of Mei Lin" });
  await phone.getByRole("textbox").fill("@chiara Hello from the other side");
  await phone.getByRole("textbox").press("Enter");
  await expect(phone.getByRole("log")).toContainText("Hello from the other side");
  await expectNoViolations(ann, "outside phones");
});

test("on a phone", async ({ enter }) => {
  const ann = await enter("ann", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await expect(row(ann, "Ben Brook")).toBeVisible();
  await expectNoViolations(ann, "inbox on a phone");
  await open(ann, "Nora Field");
  await expect(message(ann, "The stove is lit")).toBeVisible();
  await expectNoViolations(ann, "conversation on a phone");
});

test("by keyboard alone: open, write, send, go back, and never lose the focus", async ({ enter }) => {
  const ann = await enter("ann");
  await expect(row(ann, "Dev Patel")).toBeVisible();
  const focus = () => ann.evaluate(() => document.activeElement?.tagName ?? "nothing");
  const press = async (key: string) => {
    await ann.keyboard.press(key);
    await expect.poll(focus, `focus after ${key}`).not.toBe("BODY");
  };
  await press("Tab");
  await expect(ann.getByRole("link", { name: /^Skip to the conversations/ })).toBeFocused();
  await press("Enter");
  await press("Tab");
  await expect(ann.locator("[data-thread]:focus")).toHaveCount(1);
  for (let tries = 0; tries < 12 && !(await row(ann, "Dev Patel").evaluate((link) => link === document.activeElement)); tries++) await press("ArrowDown");
  await press("Enter");
  await press("r");
  await expect(composer(ann)).toBeFocused();
  await ann.keyboard.type("By keyboard alone");
  await press("Enter");
  await expect(message(ann, "By keyboard alone")).toContainText(/Delivered|Read/);
  await expect(composer(ann)).toBeFocused();
  await press("Shift+Tab");
  await press("Tab");
  await press("Escape");
  await press("Escape");
  await expect(composer(ann)).toHaveCount(0);
  await expect(row(ann, "Dev Patel")).toBeFocused();

  await press("j");
  await press("k");
  await press("?");
  await expect(ann.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await press("Escape");
  await expect(row(ann, "Dev Patel")).toBeFocused();
  await press("Control+k");
  await press("e"); // the palette may not be there yet: this is a letter for it, and archives nothing
  await ann.getByRole("dialog").getByRole("combobox").fill("sett");
  await expect(ann.getByRole("option", { name: "Settings" })).toBeVisible();
  await press("Escape");
  await expect(row(ann, "Dev Patel")).toBeFocused();
  await press("e");
  await expect(row(ann, "Dev Patel")).toHaveCount(0);
  await expect(ann.locator("[data-thread]:focus")).toHaveCount(1);
  await ann.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(row(ann, "Dev Patel")).toBeVisible();
  await expect.poll(focus, "focus after Undo").not.toBe("BODY");
});

test("a new conversation by keyboard alone", async ({ enter }) => {
  const dev = await enter("dev");
  await expect(row(dev, "Ann Archer")).toBeVisible();
  await dev.keyboard.press("c");
  await expect(dev.getByRole("combobox", { name: "To" })).toBeFocused();
  await dev.keyboard.type("chiara");
  await expect(dev.getByRole("option", { name: "Chiara" })).toHaveAttribute("aria-selected", "true");
  await dev.keyboard.press("Enter");
  await dev.keyboard.press("Enter");
  await expect(composer(dev)).toBeFocused();
  await dev.keyboard.type("Got your note.");
  await dev.keyboard.press("Enter");
  await expect(message(dev, "Got your note.")).toContainText(/Delivered|Read/);
});
