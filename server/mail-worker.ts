import { existsSync } from "node:fs";

/** The file of the threads that read mails: beside the bundled server, or bundled now when Braid runs from its source. */
export async function mailWorker(): Promise<URL> {
  const built = new URL("./parse-worker.js", import.meta.url);
  if (existsSync(built)) return built;
  const { bundleParseWorker } = await import("./bridges/email/parse-worker-bundle");
  return bundleParseWorker();
}
