import { existsSync, readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";
import type { Look } from "./world";

const GROUND = { light: "#e9e6e0", dark: "#0d0c0b" };
const INK = { light: "#38322c", dark: "#cfcac3" };

/** All screens of one theme on one picture: each in a wide window and on a phone, side by side. */
export async function contactSheet(browser: Browser, folder: string, theme: Look["theme"], names: readonly string[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2000, height: 1000 } });
  const cells = names.map((name) => cell(name, [`${folder}/${name}-wide-${theme}.png`, `${folder}/${name}-phone-${theme}.png`]));
  await page.setContent(`<style>${style(theme)}</style><main>${cells.join("")}</main>`, { waitUntil: "load" });
  await page.screenshot({ path: `${folder}/contact-sheet-${theme}.png`, fullPage: true });
  await page.close();
}

const cell = (name: string, [wide = "", phone = ""]: readonly string[]): string =>
  `<figure><figcaption>${name}</figcaption><div>${picture("wide", wide)}${picture("phone", phone)}</div></figure>`;

const picture = (kind: Look["size"], path: string): string =>
  existsSync(path) ? `<span class="${kind}"><img src="data:image/png;base64,${readFileSync(path).toString("base64")}"></span>` : "";

const style = (theme: Look["theme"]): string => `
  body { margin: 32px; background: ${GROUND[theme]}; color: ${INK[theme]}; font: 15px system-ui }
  main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 32px 28px }
  figure { margin: 0 } figcaption { margin-bottom: 8px }
  div { display: flex; gap: 10px }
  span { overflow: hidden; height: 290px; border-radius: 4px } .wide { width: 464px } .phone { width: 134px }
  img { display: block; width: 100% }`;
