import { defineConfig } from "@playwright/test";
import { chromium } from "./testkit/chromium";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  retries: process.env.CI ? 2 : 0, // two cores are sometimes busy with others; a real fault fails three times
  timeout: 60_000,
  expect: { timeout: 12_000 },
  reporter: [["list"]],
  use: { trace: "retain-on-failure", launchOptions: chromium(), locale: "en-GB" },
});
