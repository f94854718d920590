import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, menu, message, open, pane, row, say } from "./inbox";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("on a phone one pane is seen at a time, and back leads to the list", async ({ enter }) => {
  const ann = await enter("ann", PHONE);
  await expect(row(ann, "Nora Field")).toBeVisible();
  await expect(ann.getByRole("navigation", { name: "Folders" })).toBeHidden();
  await expect(pane(ann)).toBeHidden();
  await row(ann, "Nora Field").tap();
  await expect(message(ann, "The stove is lit from four on")).toBeInViewport();
  await expect(row(ann, "Nora Field")).toBeHidden();
  await expect(composer(ann)).toBeInViewport({ ratio: 1 });

  await ann.getByRole("button", { name: "Back" }).tap();
  await expect(row(ann, "Nora Field")).toBeVisible();
  await row(ann, "Nora Field").tap();
  await ann.goBack();
  await expect(row(ann, "Nora Field")).toBeVisible();
  await expect(pane(ann)).toBeHidden();
});

test("writing: Enter breaks the line, the button sends, and the composer stays in reach", async ({ enter }) => {
  const [dev, ann] = await Promise.all([enter("dev", PHONE), enter("ann")]);
  await open(dev, "Ann Archer");
  await open(ann, "Dev Patel");
  await composer(dev).tap();
  await composer(dev).fill("From the train");
  await composer(dev).press("Enter");
  await composer(dev).pressSequentially("with one thumb");
  await dev.getByRole("button", { name: "Send" }).tap();
  await expect(message(ann, "with one thumb").locator("p")).toHaveText("From the train\nwith one thumb", { useInnerText: true });
  await expect(message(dev, "with one thumb")).toBeInViewport();
  await expect(composer(dev)).toBeInViewport({ ratio: 1 });
  await composer(dev).fill(Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n"));
  await expect(dev.getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 });
  await expect(pane(dev).getByRole("heading", { name: "Ann Archer" })).toBeInViewport();
  await composer(dev).fill("");
});

test("nothing is wider than the screen, and a finger finds the controls", async ({ enter }) => {
  const maximiliana = await enter("maximiliana", PHONE);
  const narrow = () => maximiliana.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
  await expect(row(maximiliana, "Ann Archer")).toBeVisible();
  const named = (name: string) => maximiliana.getByRole("button", { name }).first();
  for (const button of ["Messages", "Search", "New message", "settings, theme, sign out"]) await expectRoomForFinger(named(button));
  expect(await narrow()).toBeLessThanOrEqual(390);

  await open(maximiliana, "Ann Archer");
  for (const button of ["Back", "What to do with this conversation", "Details", "Send"]) await expectRoomForFinger(named(button));
  await say(maximiliana, `https://example.org/${"very-long-path-without-a-break".repeat(12)}`);
  await maximiliana.getByRole("button", { name: "Send" }).tap();
  await expect(message(maximiliana, "very-long-path")).toBeInViewport();
  expect(await narrow()).toBeLessThanOrEqual(390);
  await maximiliana.getByRole("button", { name: "Details", exact: true }).tap();
  await expectRoomForFinger(named("Close details"));
  expect(await narrow()).toBeLessThanOrEqual(390);
  await named("Close details").tap();
  await menu(maximiliana, "Archive");
  await expect(row(maximiliana, "Ann Archer")).toHaveCount(0);
  await expectRoomForFinger(named("Undo"));
  await named("Undo").tap();
  await expect(row(maximiliana, "Ann Archer")).toBeVisible();
});

/** At least 44 by 44 pixels, as the fingertip wants it (WCAG 2.5.5; 2.5.8 asks for 24). */
async function expectRoomForFinger(control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  const box = await control.boundingBox();
  const name = await control.getAttribute("aria-label");
  expect(Math.round(box?.width ?? 0), `width of ${name}`).toBeGreaterThanOrEqual(44);
  expect(Math.round(box?.height ?? 0), `height of ${name}`).toBeGreaterThanOrEqual(44);
}
