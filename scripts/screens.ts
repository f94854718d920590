/**
 * Walks the screens of a demo Braid of its own in a wide window and on a phone, light and dark, into `screens/`, with a contact sheet for
 * each theme, and writes the README's picture. Needs what `npm start` builds. Run it with `npm run screens`, then look at the sheets.
 */
import { mkdirSync, rmSync } from "node:fs";
import { type Browser, chromium as playwright } from "@playwright/test";
import { type Braid, startBraid } from "../e2e/braid";
import { mailServer } from "../e2e/outside";
import { chromium } from "../testkit/chromium";
import { SCENES, type Scene } from "./look/scenes";
import { contactSheet } from "./look/sheet";
import { hintAtFonts, type Look, prepare, quiet, show, type World } from "./look/world";

const FOLDER = "screens";
const README = "docs/images/inbox.png";
const LOOKS: readonly Look[] = (["light", "dark"] as const).flatMap((theme) => (["wide", "phone"] as const).map((size) => ({ theme, size })));

async function main(): Promise<void> {
  await hintAtFonts();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  const server = await mailServer();
  const [braid, relayed, browser] = await Promise.all([startBraid(), startBraid({ env: { SMTP_RELAY_URL: server.url } }), playwright.launch(chromium())]);
  try {
    const world = await prepare(browser, braid, relayed);
    for (const look of LOOKS) await walk(world, look);
    for (const theme of ["light", "dark"] as const)
      await contactSheet(
        browser,
        FOLDER,
        theme,
        SCENES.map(({ name }) => name),
      );
  } finally {
    await stop(browser, [braid, relayed]);
    await server.close();
  }
}

async function walk(world: World, look: Look): Promise<void> {
  for (const scene of SCENES) await take(world, look, scene);
}

async function take(world: World, look: Look, scene: Scene): Promise<void> {
  const { page, wire, close } = await show(world, look, scene);
  try {
    await scene.go?.({ page, wire, phone: look.size === "phone" });
    await page.evaluate(quiet);
    const path = `${FOLDER}/${scene.name}-${look.size}-${look.theme}.png`;
    await page.screenshot({ path, animations: "disabled", caret: "hide", fullPage: scene.whole ?? false });
    if (scene.readme && look.size === "wide" && look.theme === "light") await page.screenshot({ path: README, animations: "disabled", caret: "hide" });
  } catch (error) {
    await page.screenshot({ path: `${FOLDER}/not-${scene.name}-${look.size}-${look.theme}.png` });
    throw new Error(`The screen "${scene.name}" (${look.size}, ${look.theme}) could not be shown.`, { cause: error });
  } finally {
    await close();
  }
}

async function stop(browser: Browser, braids: readonly Braid[]): Promise<void> {
  await browser.close();
  await Promise.all(braids.map((braid) => braid.stop()));
}

await main();
