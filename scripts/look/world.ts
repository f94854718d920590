import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import type { Braid } from "../../e2e/braid";
import { message, open, row, say, write } from "../../e2e/inbox";
import { sendMail } from "../../e2e/outside";
import { sessionOf } from "../../e2e/sessions";
import { Wire } from "../../e2e/wire";
import type { Scene } from "./scenes";

export interface Look {
  readonly theme: "light" | "dark";
  readonly size: "wide" | "phone";
}

export interface World {
  readonly browser: Browser;
  readonly braid: Braid;
  /** One that has a mail server, which knows nobody called nobody. */
  readonly relayed: Braid;
}

const SIZE: Readonly<Record<Look["size"], BrowserContextOptions>> = {
  wide: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** Brings what the demo's week does not have: people online, a group with somebody outside, mail there and back, one that was refused. */
export async function prepare(browser: Browser, braid: Braid, relayed: Braid): Promise<World> {
  const world = { browser, braid, relayed };
  const wide: Look = { theme: "light", size: "wide" };
  for (const who of ["ben", "chiara", "layla"]) await show(world, wide, { name: who, who });
  const ann = await show(world, wide, { name: "ann", who: "ann" });
  await outsideGroup(ann.page);
  await outsideMail(ann.page, braid);
  await ann.close();
  const refused = await show(world, wide, { name: "refused", who: "ann", relayed: true });
  await write(refused.page, "nobody@uplandhut.example");
  await say(refused.page, "Is the winter room open?");
  await message(refused.page, "Is the winter room open?").getByText("Not delivered").waitFor();
  await refused.close();
  return world;
}

async function outsideGroup(ann: Page): Promise<void> {
  await write(ann, "Ben Brook", "Dev Patel", "rosa@valleyguides.example");
  await say(ann, "Rosa guides the glacier course. Rosa, these are Ben and Dev.");
  await message(ann, "Rosa guides").waitFor();
}

async function outsideMail(ann: Page, braid: Braid): Promise<void> {
  await open(ann, "Nora Field");
  await say(ann, "Thank you, Nora. See you on Saturday.");
  await message(ann, "See you on Saturday.").getByText("Sent as e-mail").waitFor();
  await sendMail(braid, {
    from: '"Tea Shop" <news@teashop.example>',
    to: "ann@braid.localhost",
    subject: "The new harvest is here",
    text: "The new harvest is here.",
    html: '<h1 style="color:#2f6b3a">The new harvest is here</h1><p>First flush, in green and black.</p><img src="https://teashop.example/field.jpg" alt="A tea field"><p><a href="https://teashop.example">To the shop</a></p>',
  });
  await row(ann, "Nora Field").waitFor();
  await ann
    .getByRole("link", { name: /^Other/ })
    .getByText("2 unread")
    .waitFor();
}

export interface Shown {
  readonly page: Page;
  readonly wire: Wire;
  close(): Promise<void>;
}

/** A browser of its own for the person of the scene, on the scene's page. */
export async function show({ browser, braid, relayed }: World, { theme, size }: Look, { who, at = "/", relayed: other }: Scene): Promise<Shown> {
  const of = other ? relayed : braid;
  const context = await browser.newContext({
    ...SIZE[size],
    baseURL: of.url,
    colorScheme: theme,
    locale: "en-GB",
    reducedMotion: "reduce",
    ...(who !== undefined && { storageState: await sessionOf(of, who) }),
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const wire = await Wire.of(page);
  await page.goto(at);
  if (at === "/" && who !== undefined) await page.getByRole("button", { name: "settings, theme, sign out" }).filter({ visible: true }).waitFor();
  return { page, wire, close: () => context.close() };
}

/** Resolves when the page has not changed for a moment. Runs in the page. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, 400);
    new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, 400);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

/** Boxes in place of Japanese or emoji are the machine's fault, not Braid's. */
export async function hintAtFonts(): Promise<void> {
  const { stdout } = await promisify(execFile)("fc-list", [":lang=ja"]).catch(() => ({ stdout: "unknown" }));
  if (stdout === "") console.log("This machine has no Japanese font. On Debian: apt-get install fonts-noto-cjk fonts-noto-color-emoji");
}
