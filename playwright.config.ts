import { defineConfig } from "@playwright/test";
import { chromium } from "./testkit/chromium";

/** `npm run test:cluster` has Braid's messages on a real HBase: the chat, and what is about that store. */
const cluster = process.env.CLUSTER === "1";
const CLUSTER = "*.cluster.spec.ts";

/** They measure times, or how far things move while they load, and need the machine to themselves. */
const ALONE = ["budget.spec.ts", "history.spec.ts"];

export default defineConfig({
  testDir: "e2e",
  projects: cluster
    ? [{ name: "cluster", testMatch: ["chat.spec.ts", CLUSTER], outputDir: "test-results/cluster" }]
    : [
        { name: "alone", testMatch: ALONE, outputDir: "test-results/alone" },
        { name: "others", testIgnore: [...ALONE, CLUSTER], outputDir: "test-results/others" },
      ],
  outputDir: "test-results",
  workers: 1, // see the script `test:browsers`
  retries: process.env.CI ? 2 : 0, // two cores are sometimes busy with others; a real fault fails three times
  timeout: 60_000,
  expect: { timeout: 12_000 },
  reporter: [["list"]],
  // To trace every test costs an eighth of the time.
  use: { trace: process.env.CI ? "on-first-retry" : "retain-on-failure", launchOptions: chromium(), locale: "en-GB" },
});
