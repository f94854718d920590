import { type Judged, judge, STATE_WORDS } from "./judge";
import { nodesOf, ROLE_WORDS, storeUrlOf } from "./nodes";
import { look, type Seen } from "./picture";
import type { ClusterSettings } from "./settings";

interface Description {
  /** One line a node, and then what they are together. */
  readonly lines: readonly string[];
  /** Whether all of it serves. */
  readonly serves: boolean;
}

/** HBase shows no figures for half a second after a region has moved, so a node that says nothing is asked once more. */
const AGAIN_AFTER = 1_000;

/** The cluster in words. */
export async function describe(settings: ClusterSettings): Promise<Description> {
  const picture = await look(settings);
  if (!judge(settings, picture).nodes.some(({ state }) => state === "starts")) return inWords(settings, picture);
  await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  return inWords(settings, await look(settings));
}

export function inWords(settings: ClusterSettings, picture: readonly Seen[]): Description {
  const { nodes, missing } = judge(settings, picture);
  const lines = nodes.map((judged, i) => line(judged, picture[i] as Seen));
  const serves = missing.length === 0;
  const total = picture.reduce((sum, { process }) => sum + (process?.rss ?? 0), 0);
  const memory = total === 0 ? "" : ` Its processes occupy ${megabytes(total)}.`;
  return {
    lines: [...lines, "", serves ? `HBase serves.${memory} ${startLine(settings)}` : `HBase does not serve as it should: ${missing.join("; ")}.${memory}`],
    serves,
  };
}

/** The line that starts Braid on this cluster. */
export const startLine = (settings: ClusterSettings): string => `Start Braid on it:\n\n  BRAID_STORE=${storeUrlOf(nodesOf(settings))} npm start\n`;

function line({ node, state, note }: Judged, { process }: Seen): string {
  const place = process === undefined ? "" : `process ${process.pid}, ${megabytes(process.rss)}`;
  const columns = [node.name.padEnd(3), ROLE_WORDS[node.role].padEnd(13), place.padEnd(22), `ports ${node.ports.join(" ")}`.padEnd(23)];
  return `${columns.join("  ")}  ${STATE_WORDS[state]}${note && ` (${note})`}`;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
