import { existsSync } from "node:fs";

const FOUND = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** It is to talk to the test's own server and to nobody else. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How to start the browser: the one that is found, else the one playwright installed. */
export function chromium(): { executablePath?: string; args: string[] } {
  const executablePath = process.env.CHROMIUM_PATH ?? FOUND.find((path) => existsSync(path));
  return { args: ARGS, ...(executablePath !== undefined && { executablePath }) };
}
