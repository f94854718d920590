import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { type Braid, startBraid } from "./braid";
import { sessionOf } from "./sessions";

export { expect };

export interface EnterOptions extends BrowserContextOptions {
  /** Another server than the shared one. */
  readonly of?: Braid;
  /** The page to open; none when empty, to prepare something before. */
  readonly at?: string;
  /** Complaints of the browser that belong to what the test does, such as a server that does not answer. */
  readonly mayComplain?: RegExp;
}

interface Fixtures {
  /** A page of one of the demo people, in a browser of their own, signed in. Nobody at all without a handle. */
  enter(handle?: string, options?: EnterOptions): Promise<Page>;
}

interface Shared {
  /** One demo Braid for all files that do not need their own. */
  readonly braid: Braid;
}

/** What browsers say when there is no way to the server. */
export const NO_SERVER = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/;
/** What Chromium says when playwright and axe try to look into the frame of a mail: no script runs in there, not even theirs. */
export const SANDBOX = /^Blocked script execution in 'about:srcdoc'/;
/** What browsers say when somebody is not signed in or not allowed. */
export const REFUSED = /the server responded with a status of 40[13]/;

export const DESKTOP = { width: 1440, height: 900 };

export const test = base.extend<Fixtures, Shared>({
  braid: [
    async ({ playwright: _playwright }, use) => {
      const braid = await startBraid();
      await use(braid);
      await braid.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  enter: async ({ braid, browser }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (handle, { of = braid, at = "/", mayComplain, ...options } = {}) => {
      const context = await browser.newContext({
        baseURL: of.url,
        viewport: DESKTOP,
        ...(handle && { storageState: await sessionOf(of, handle) }),
        ...options,
      });
      contexts.push(context);
      listen(context, (words) => !mayComplain?.test(words) && complaints.push(`${handle ?? "nobody"}: ${words}`));
      const page = await context.newPage();
      if (at !== "") await page.goto(at);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints, "what the browsers complained about").toEqual([]);
  },
});

function listen(context: BrowserContext, complain: (words: string) => void): void {
  context.on("weberror", (error) => complain(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") complain(message.text());
  });
}
