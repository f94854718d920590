import type { Server } from "node:http";
import { type Handler, refuse } from "./api/http";

/** Answers everything while Braid starts: whoever comes then comes again in a second. */
export const starting: Handler = (_req, res) => {
  res.setHeader("retry-after", "1");
  refuse(res, 503, "server/starting", "Braid is starting. Try again in a moment.");
};

/** Listens before there is anybody who answers. What comes is told so, until `handOver`; answers the port. */
export async function listenEarly(http: Server, where: { readonly port: number; readonly host: string }): Promise<{ port: number; handOver: () => void }> {
  http.on("request", starting);
  return { port: await listen(http, where), handOver: () => void http.off("request", starting) };
}

export function listen(http: Server, { port, host }: { readonly port: number; readonly host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, host, () => resolve((http.address() as { port: number }).port));
  });
}
