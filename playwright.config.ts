import { defineConfig } from "@playwright/test";
import { chromium } from "./testkit/chromium";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [["list"]],
  use: { trace: "retain-on-failure", launchOptions: chromium(), locale: "en-GB" },
});
